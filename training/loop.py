"""What every training run shares: optimiser and schedule, the moving average that is exported, checkpoints.

AdamW with 5 % warm-up, then linear to 2 %; gradients are cut at norm 2; the average of the weights is taken every eight steps. A checkpoint is
written after every epoch (`last.pt`, and the average alone as `ema.pt`), and a second run goes on from it.
"""

import os
from contextlib import contextmanager

import torch


class Loop:
    def __init__(self, model, groups, steps, out):
        """`groups` are pairs of parameters and learning rate; `steps`, that the schedule is laid out for, may be set anew."""
        self.model, self.out, self.epoch, self.step, self.steps = model, out, 0, 0, steps
        self.optimizer = torch.optim.AdamW([{"params": p, "lr": lr} for p, lr in groups], weight_decay=0.01, betas=(0.9, 0.98), fused=True)
        warmup = max(1, steps // 20)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda s: min(1, (s + 1) / warmup) * max(0.02, 1 - s / self.steps))
        self.on_gpu = next(model.parameters()).is_cuda
        self.ema = {k: v.detach().clone().float() for k, v in model.state_dict().items()}

    def resume(self, rng):
        """Goes on from the last checkpoint, if there is one."""
        if not os.path.exists(f"{self.out}/last.pt"):
            return
        c = torch.load(f"{self.out}/last.pt", weights_only=False, map_location="cpu")
        self.model.load_state_dict(c["model"]); self.optimizer.load_state_dict(c["optimizer"]); self.schedule.load_state_dict(c["schedule"])
        self.ema = {k: v.to(self.ema[k].device) for k, v in c["ema"].items()}
        self.epoch, self.step = c["epoch"], c["step"]
        torch.set_rng_state(c["torch_rng"]); rng.setstate(c["rng"])
        if self.on_gpu and c.get("device_rng") is not None:
            torch.cuda.set_rng_state(c["device_rng"])

    def learn(self, loss):
        """One step down the gradient of a loss."""
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
        self.optimizer.step(); self.schedule.step()
        self.step += 1
        if self.step % 8 == 0:
            decay = min(0.998, (1 + self.step) / (10 + self.step)) ** 8
            with torch.no_grad():
                average = list(self.ema.values())
                torch._foreach_mul_(average, decay)
                torch._foreach_add_(average, [v.float() for v in self.model.state_dict().values()], alpha=1 - decay)

    def end_epoch(self, rng):
        """Counts the epoch and writes the checkpoint."""
        self.epoch += 1
        last = f"{self.out}/last.pt"
        torch.save({"model": self.model.state_dict(), "ema": self.ema, "optimizer": self.optimizer.state_dict(), "schedule": self.schedule.state_dict(),
                    "epoch": self.epoch, "step": self.step, "torch_rng": torch.get_rng_state(), "rng": rng.getstate(),
                    "device_rng": torch.cuda.get_rng_state() if self.on_gpu else None}, last + ".tmp")
        os.replace(last + ".tmp", last)
        torch.save({k: v.cpu() for k, v in self.ema.items()}, f"{self.out}/ema.pt")

    @contextmanager
    def averaged(self):
        """The model holds the average inside, its own weights again after."""
        live = {k: v.clone() for k, v in self.model.state_dict().items()}
        self.model.load_state_dict(self.ema)
        try:
            yield
        finally:
            self.model.load_state_dict(live)
