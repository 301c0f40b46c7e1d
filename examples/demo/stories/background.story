# thread, first day, last day (not included), what may be told at the end of a report of that thread
water 2026-01-01 2026-02-03 The Pilcomayo rises in the Bolivian highlands and loses itself in the Chaco plain. {Bolivia, Paraguay and Argentina signed an agreement on its waters in 1995.|An agreement of 1995 between Bolivia, Paraguay and Argentina speaks of fair use of its waters but names no figures.}
water 2026-01-01 2026-02-03 Villagers on the Paraguayan side live on the sábalo, a fish that swims upstream to spawn when the river rises.
water 2026-01-01 2026-07-01 The sluice at Villamontes was finished last October and feeds fields of soya and beans.
water 2026-02-01 2026-07-01 Bolivia and Paraguay fought the Chaco War between 1932 and 1935, in which nearly 100,000 people died.
border 2026-02-03 2026-03-01 Bolivia and Paraguay fought over the Gran Chaco from 1932 to 1935. {A peace treaty was signed in Buenos Aires in 1938.|The treaty of 1938 fixed the border between them.}
border 2026-02-03 2026-07-01 The quarrel began in January over a sluice near Villamontes that Paraguay blames for a dry river.
border 2026-02-03 2026-07-01 {No shot had been fired at this border in earnest since 1938.|The border had been quiet for almost ninety years.|Before that the border had been one of the quietest of the continent.}
border 2026-02-14 2026-07-01 Eleven Paraguayan fishermen were detained on the river in January.
peace 2026-02-01 2026-07-01 {Uruguay has offered its good offices since January.|Uruguay has been the go-between since January.} {Its foreign minister has been to both capitals.|It has no stake in the river.}
peace 2026-02-24 2026-07-01 A truce was signed in Montevideo on February 23. It was broken within three days and held from then on, but for a few shots.
peace 2026-03-05 2026-07-01 The flood of early March brought the two armies closer than any mediator had: their soldiers {looked for survivors together|searched the river side by side}.
flood 2026-03-01 2026-05-01 The Pilcomayo carries more mud than almost any river of the continent, and changes its bed when it rises.
flood 2026-03-01 2026-05-01 The last flood of this size was in 1984.
rebels 2026-01-01 2026-04-01 The Northern Column, as the group calls itself, is thought to have fewer than 300 fighters in the forests of Concepción and Amambay.
rebels 2026-01-01 2026-07-01 {The rebels say that they fight for land.|The group demands land for peasants.} The government calls them a gang that lives on ransom.
rebels 2026-01-24 2026-07-01 Rebels stormed a police station in Horqueta in January, the deadliest attack in three years.
rebels 2026-03-20 2026-07-01 The country's bishops have carried messages between the two sides since March.
trial 2026-01-01 2026-07-01 The fishermen say that they never left Paraguayan water. Maps of the stretch are old, and the river has moved.
trial 2026-01-01 2026-07-01 Fishing without a licence is punished in Bolivia by up to four years in prison.
trade 2026-02-01 2026-07-01 A third of Bolivia's soya leaves the country on barges down the Paraguay river.
trade 2026-02-01 2026-07-01 {Traders put the loss at two million dollars a day.|Lorry drivers on both sides say that they have earned nothing for weeks.}
vote 2026-03-01 2026-07-01 The department of Tarija, in the south of Bolivia, has most of the country's gas and the sluice over which the quarrel began.
water 2026-01-01 2026-07-01 About {9,000|nine thousand} hectares near Villamontes have been watered from the sluice since October. Before that they were thorn and goats.
water 2026-01-01 2026-03-01 It has hardly rained on the upper river since September, and the reservoirs of Potosí stand at a third of what they hold.
water 2026-02-24 2026-07-01 Whoever wants to understand the quarrel must know that the river has no fixed mouth: it dries up somewhere in the plain, every year a little higher.
water 2026-03-10 2026-07-01 Since the flood the question is no longer who has the water but {who keeps it in its bed|who pays for the dykes}.
water 2026-04-01 2026-07-01 Paraguay wanted a fixed quantity of water, Bolivia offered a share of what there is.
water 2026-01-01 2026-07-01 Hydrologists of three universities have asked for common gauges for thirty years.
border 2026-02-14 2026-07-01 The line between the two countries runs for 700 kilometres through thorn forest. There are eleven posts on it.
border 2026-02-24 2026-07-01 The two armies have been {silent|quiet} since the truce of Montevideo, but for a few shots.
border 2026-02-03 2026-07-01 {Neither country has a large army.|Both armies are small.} Bolivia has about 35,000 soldiers, Paraguay fewer than half as many.
border 2026-03-10 2026-07-01 Fourteen minefields are known along the border, and nobody knows how many there are.
peace 2026-02-01 2026-05-23 Three questions have to be settled: the water, the fishermen, and who fired first.
peace 2026-02-01 2026-07-01 In Montevideo people like to say that a small country between two large ones learns to listen.
peace 2026-04-25 2026-07-01 Four fishermen and three soldiers were exchanged on a bridge in April.
peace 2026-05-23 2026-07-01 Under the Declaration of Montevideo each of the two countries gets four tenths of the water.
peace 2026-02-14 2026-05-23 Diplomats of four countries have worked on the matter, mostly by telephone and mostly at night.
flood 2026-03-01 2026-05-01 Most of those who lost their houses lived on ground that had been sold to them as dry.
flood 2026-03-05 2026-07-01 Many families have been flooded out for the second time in their lives.
flood 2026-03-10 2026-07-01 {Dykes of 19 kilometres were paid for, and two were built.|Of the dykes that were paid for, only a tenth was ever built.}
rebels 2026-01-01 2026-07-01 Two families in a hundred own most of the land in the north of Paraguay. From that the rebels live, says a priest who knows them.
rebels 2026-03-20 2026-07-01 Cattle farmers in the north employ more guards than the state has policemen there.
rebels 2026-01-30 2026-05-21 Soldiers, police and farmers' guards have been searching the same forest since January.
rebels 2026-04-30 2026-07-01 The truce of Concepción runs until the end of October.
trial 2026-01-16 2026-04-25 Eleven men had set out on that morning in January, in three boats, with nets of 60 metres.
trial 2026-01-16 2026-04-25 In the villages on the lower river the women have taken over the nets.
trial 2026-02-05 2026-04-25 Paraguay holds three Bolivian soldiers whom it captured in February.
trial 2026-01-16 2026-07-01 For the {Paraguayan press|newspapers in Asunción} the fishermen have become heroes. They themselves ask for their boats.
trade 2026-02-10 2026-05-01 The border has been closed to goods since February 9.
trade 2026-02-01 2026-07-01 Bolivia has no coast. It ships its soya through Paraguay and Argentina, and its ore through Chile and Peru.
trade 2026-02-01 2026-07-01 Before the quarrel about 400 lorries crossed the border every day.
trade 2026-04-11 2026-07-01 Mercosur unites Argentina, Bolivia, Brazil, Paraguay and Uruguay.
vote 2026-03-13 2026-07-01 The old governor had been in office since 2021.
vote 2026-03-13 2026-07-01 Some 390,000 people may vote in the department.
