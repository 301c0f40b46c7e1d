"""Reads every table of a store, as its log names the files, with pandas, polars and pyarrow: STORE. Prints name and rows as each counts them."""

import os
import sys

import polars
import pyarrow.dataset
from deltalake import DeltaTable

store = sys.argv[1]
for name in sorted(os.listdir(store)):
    folder = os.path.join(store, name)
    if not os.path.isdir(os.path.join(folder, "_delta_log")):
        continue
    table = DeltaTable(folder)
    files = table.file_uris()
    arrow = pyarrow.dataset.dataset(files, format="parquet").count_rows() if files else 0
    print(name, len(table.to_pandas()), polars.read_delta(folder).height, arrow)
