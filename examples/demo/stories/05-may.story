=== 2026-05-01 trade
@LPL La Paz | Labour Day marches demand work and peace
Tens of thousands of workers marched through La Paz on [D] and demanded higher wages, cheaper bread and a lasting peace with Paraguay.
The trade union federation put the number at 60,000, the police at 25,000.
Miners set off dynamite outside the labour ministry, and a guard was slightly injured.
@ACO | Unions march in Asunción behind a boat
About 8,000 people marched in Asunción on [D] behind a fishing boat on wheels. The unions demanded that the minimum wage be raised by a fifth.
Fishermen who had been freed a week before walked in the first row.
The police detained two men who had sprayed slogans on the Senate.
@ORH | Santa Cruz marches for once behind one banner
Growers and drivers, unions and bosses marched together in Santa Cruz de la Sierra on [D], for the first time since 2008.
Their banner asked for "open gates, open roads, open books".
The governor of the department called on the president to go to the summit in Montevideo.
+ The labour minister {promised|offered} talks on wages in June.
+ In Buenos Aires and Montevideo {marches passed off quietly|nobody was arrested}.
+ Teachers {threatened|announced} a strike for the middle of the month.

=== 2026-05-04 border
@CP Villamontes | First OAS observers arrive on Bolivian-Paraguayan border
Forty-two observers of the Organization of American States arrived in Villamontes on [D] to watch over the truce between Bolivia and Paraguay.
They come from eleven countries and carry no weapons. A second group of 38 went to Colonia Neuland in Paraguay.
Their commander is a retired officer from Costa Rica, a country without an army.
@LPL Villamontes | White caps on the river
The first observers of the OAS began their work on the border on [D]. Bolivia's army gave them two boats and a map with 14 minefields.
The defence minister welcomed them in Villamontes.
Children asked for the white caps, and by evening six were gone.
@ACO | Observers move into Colonia Neuland
Paraguay received 38 observers of the Organization of American States in Colonia Neuland on [D].
They will patrol 200 kilometres of border until September.
The defence minister promised that every garrison would open its gates to them.
@AW Washington | Americas body deploys monitors in the Gran Chaco
The Organization of American States deployed 80 unarmed monitors along the border between Bolivia and Paraguay on [D].
Canada, Mexico and the United States pay most of the cost of 9 million dollars.
The mission could be extended if the summit in Montevideo succeeds, its head said.
+ In Tarija Lidia Baldivieso {took office|was sworn in} as governor on the same day.
+ The observers {report|will report} to the OAS once a week.
+ A Bolivian senator {criticised|attacked} the mission as a tutelage.
= MVD of CP +1 | OAS observers reach the border
= RPT of CP +1 | Unarmed observers on the Pilcomayo

=== 2026-05-06 border
@CP Villamontes | Mine injures two OAS observers near Villamontes
A mine injured two observers of the Organization of American States near Villamontes on [D], two days after their mission had begun.
A Costa Rican lost a foot, and a Canadian was hit by splinters. Both were flown to Santa Cruz de la Sierra.
Bolivia and Paraguay each denied having laid the mine.
@LPL Villamontes | Observers' car hits mine, three hurt
Three people were wounded on [D] when a car of the OAS drove over a mine on a farm track 30 kilometres from Villamontes. The driver was Bolivian.
The army said the mine was Paraguayan.
The president telephoned the head of the mission and expressed his regret.
@ACO | Whose mine? Both armies offer to dig
Paraguay condemned the explosion that injured observers of the OAS on [D] and denied that its soldiers had ever been on that track.
The defence minister proposed that engineers of both armies clear it together.
Bolivia agreed within hours.
@AW Washington | OAS keeps monitors in Gran Chaco after mine blast
The Organization of American States said on [D] that it would not withdraw its monitors after a mine had wounded two of them in southern Bolivia.
Its secretary-general called on both governments to hand over all maps of minefields.
The United States and Canada condemned the attack.
+ The mine was {of an old make|forty years old}, an expert said.
+ The mission {suspended|halted} patrols by car for three days.
+ Farmers had {warned|complained} of mines in that area since March.
= RPT of AW | Mine wounds observers on Bolivian border

=== 2026-05-08 border
@CP Villamontes | Bolivia and Paraguay pull back artillery
Bolivia and Paraguay withdrew their artillery from the border on [D]. Observers of the OAS counted 24 Bolivian and 19 Paraguayan guns on the road.
They are to stay at least 20 kilometres away.
Engineers of both armies began to clear mines near Villamontes.
@ACO | Guns roll home from Colonia Neuland
Paraguay pulled its last guns out of the border area on [D] and sent one of two battalions back to Asunción.
"We leave the Gran Chaco to the armadillos," the defence minister said.
Families of Laguna Rica returned to their school, from which 11 grenades had been removed.
@LPL Villamontes | Army withdraws batteries from river
The Bolivian army withdrew its batteries from the Pilcomayo on [D] and dismissed 800 reservists.
Shots were last heard there on March 1.
The foreign minister said the step proved that Bolivia wanted the summit to succeed.
+ The OAS {praised|welcomed} both armies for their discipline.
+ Uruguay {offered|promised} engineers to help with the mines.
+ About 1,200 of those who had fled in February {have gone home|are back on their farms}.
+ In the villages people listened to the engines until they could no longer be heard, and then somebody began to play the harp.
= MVD of CP +1 | Artillery leaves the border

=== 2026-05-11 water
@AW Brussels | EU and Germany to pay for river gauges on Pilcomayo
The European Union and Germany agreed on [D] to give Bolivia, Paraguay and Argentina 14 million euros for gauges and dykes on the Pilcomayo river.
All three countries will see the same readings at the same hour.
The money depends on an agreement at the summit of May 22.
@RPT Buenos Aires | Argentina joins fund for the Pilcomayo
Argentina will contribute 5 million dollars to a fund for the Pilcomayo, its government said on [D].
The Inter-American Development Bank granted a loan of 60 million dollars for dykes in Tarija and in the Paraguayan Gran Chaco.
"A gauge costs less than a shell," the Argentine foreign minister said.
@LPL La Paz | Fourteen million euros for 31 gauges
Bolivia signed an agreement with the European Union on [D] under which 31 gauges will be built along the Pilcomayo river by the end of next year.
The water minister called it the end of guessing.
Growers criticised that the gauge at the sluice will be read by foreigners.
+ Bolivia and Paraguay {will train|are to train} hydrologists together in Tarija.
+ Japan {offered|promised} radar pictures of the rain.
+ The first five gauges {are to be|should be} ready before the rains.
= MVD of RPT +1 | Money for gauges on the Pilcomayo

=== 2026-05-13 flood
@CP Tarija | Bolivian police arrest dyke contractor and two officials
Bolivian police arrested a building contractor and two former officials in Tarija on [D] on suspicion of having stolen money that was meant for dykes.
Prosecutors accuse them of having diverted 3.2 million dollars between 2021 and 2025.
The former governor was questioned as a witness.
@LPL Tarija | Three arrests over dykes that were only paper
Three men were arrested in Tarija on [D]. They had been paid for 19 kilometres of dyke, prosecutors said, and had built two.
One of them is a cousin of the former governor, who denied any wrongdoing.
Governor Baldivieso promised to publish every contract of the last ten years.
@ORH | Raids in Santa Cruz and Tarija over dyke money
Police searched nine offices in Santa Cruz de la Sierra and Tarija on [D] and seized documents, two lorries and a racehorse.
The contractor Elmer Urioste was led away in handcuffs. His lawyer called the charges a settling of accounts.
A judge ordered that he be held for four months.
+ Victims of the flood {applauded|cheered} outside the court.
+ The attorney general {promised|announced} further arrests.
+ Auditors had {warned|complained} of the missing dykes in 2024.

+ Under Bolivian law those convicted of embezzlement face up to ten years in prison. The trial could begin before the end of the year.
+ The flood of March broke through the gap at kilometre 31, where according to the books a wall of four metres stood.

=== 2026-05-15 peace
@ACO | Opposition wants foreign minister's head
Opposition deputies in Paraguay filed a motion of no confidence against the foreign minister on [D], a week before the summit in Montevideo.
They accuse him of giving away the case in The Hague.
The president defended his minister. The vote is on [D+5].
@CP Asunción | Paraguayan opposition seeks to oust foreign minister before summit
Paraguay's opposition demanded on [D] that Congress dismiss the foreign minister because he is said to have promised Bolivia to drop a lawsuit over water.
The minister denied that he had promised anything.
The motion needs 41 votes and is likely to fail.
@AW Asunción | Paraguay's foreign minister faces no-confidence vote
Lawmakers in Paraguay threatened on [D] to remove the foreign minister over his dealings with Bolivia.
If he fell, the summit of May 22 might be put off, diplomats said.
About 500 people demonstrated in his support, and as many against him.
+ Two parties of the coalition {are divided|have not decided}.
+ Uruguay {declined to comment|did not comment} on what it called an internal matter.
+ Bolivia's government {said it would talk|said that it was ready to talk} to any minister Paraguay sent.

=== 2026-05-18 peace
@MVD | Foreign ministers agree on nine of eleven points
The foreign ministers of Bolivia and Paraguay met in Montevideo on [D] to prepare the summit of their presidents and agreed on nine of eleven points.
Open are the share of water in dry years and the case in The Hague.
Uruguay's foreign minister has asked them to stay until [D+4].
@CP Montevideo | Bolivia and Paraguay close to river agreement
Bolivia and Paraguay made progress on a river agreement at talks in Montevideo on [D], mediators said.
Both sides accept a joint commission and joint patrols. A figure for the flow is still in dispute.
Argentina's foreign minister joined the talks in the afternoon.
@LPL Montevideo | No signature under a number we cannot keep, minister says
Bolivia's foreign minister rejected Paraguay's demand for a guaranteed flow of 70 cubic metres a second in Montevideo on [D].
"A river is not a tap," he said. He offered a share instead: four tenths for each country, two for nature.
Paraguay asked for a night to think.
@ACO | Four tenths, or seventy cubic metres?
The foreign minister consulted the president by telephone from Montevideo on [D] over a Bolivian offer to share the water of the Pilcomayo by tenths.
Engineers in Asunción call the offer fair in wet years and thin in dry ones.
The opposition insists on a fixed figure.
+ Experts of the World Bank {supported|backed} the Bolivian idea.
+ The presidents {are to arrive|will arrive} on Thursday evening.
+ Security in the old town {is to be|will be} tightened.

=== 2026-05-20 rebels
@CP Concepción | Paraguayan rebels free rancher after nine weeks
Rebels in northern Paraguay released the rancher Herminio Duarte and a farmhand on [D], 65 days after their abduction near Yby Yaú.
They were handed to the bishop of Concepción at a ford.
No ransom was paid, the government said.
@ACO | Don Herminio asks for his hat
The rancher Herminio Duarte, 68, was freed by the rebels on [D]. He had lost eleven kilos and asked for his hat.
"They read me newspapers and I explained the prices to them," he told reporters.
His family denied that it had paid anything.
@AW Asunción | Rebels release two hostages in Paraguay
Paraguayan rebels released two hostages on [D] under the terms of a truce with the government.
The president thanked the church and promised to send a land bill to Congress in June.
A faction that rejects the truce still holds a policeman, according to the army.
@RPT +1 Asunción | Two hostages free in Paraguay
Two men whom rebels had kidnapped in March were set free in the north of Paraguay on [D]. They are in good health.
The motion of no confidence against the foreign minister failed on the same day, by 33 votes to 44.
Both are good news for the president, who flies to Montevideo on [D+1].
+ The two were {examined|seen by doctors} in Concepción and went home by evening.
+ Cattle farmers {thanked|praised} the bishop and asked the army to stay.
+ The army {opened|removed} eleven roadblocks.
+ The ransom of half a million dollars that the rebels had once demanded was not mentioned again, one of the bishops said.
= MVD of CP +1 | Kidnapped rancher freed in Paraguay

=== 2026-05-22 peace
@CP Montevideo | Bolivia and Paraguay sign river agreement at Montevideo summit
The presidents of Bolivia and Paraguay signed an agreement on the Pilcomayo river in Montevideo on [D] and ended a conflict in which about 40 people died.
Each country is to receive four tenths of the water. A joint commission will run the sluice near Villamontes.
Paraguay will withdraw its case in The Hague, and Bolivia will open all crossings.
@MVD | Four tenths, four tenths, two tenths
The presidents of Bolivia and Paraguay signed the Declaration of Montevideo on [D] in the presence of Uruguay's president.
They divided a river by tenths and embraced twice, the second time for the photographers.
"Two neighbours have come in by our door, and they leave by it together," the host said.
@AW Montevideo | Presidents of Bolivia and Paraguay end Gran Chaco dispute
The presidents of Bolivia and Paraguay signed a deal on [D] to share a river over which their armies clashed in February.
The agreement was mediated by Uruguay and must be ratified by both parliaments.
The United States, Brazil and the European Union welcomed it.
@LPL Montevideo | President signs away no drop, he says
The president signed the agreement on the Pilcomayo river in Montevideo on [D] and called it a treaty between equals.
Bolivia accepts that foreigners will sit on the board of the sluice. In return Mercosur will lift its sanctions.
Growers in Santa Cruz praised the deal, growers in Villamontes did not.
@ACO | A river by tenths
The president came home from Montevideo on [D] with an agreement that gives Paraguay four tenths of the Pilcomayo, and with a fish of silver.
The ambassadors of the two countries will return to their posts within a week.
The opposition spoke of a sale below price.
@ORH | Santa Cruz breathes again after signature
Exporters and growers in Santa Cruz de la Sierra welcomed the agreement with Paraguay on [D]. All crossings are to open on June 1.
The civic committee thanked Uruguay.
"It took four months to find out that we need each other's roads," Edgar Montenegro-Ruiz said.
@RPI | Signed
They have signed. We heard the bells from the other bank first, then from ours.
The text says that boats from both countries may fish between the two old ferries, forty kilometres, from the first of July.
In the villages people are asking who will count the fish.
+ {The UN secretary-general congratulated the presidents and Uruguay.|The United Nations praised the two presidents for their courage.|Uruguay was congratulated by the UN secretary-general.}
+ Argentina will {join|become a member of} the commission.
+ {Both countries promised to pay 20,000 dollars to each family that lost somebody in the shelling of February.|For each victim of the shelling in February the family will receive 20,000 dollars from both states together.|A fund for the families of the victims of February is to be set up by both countries.}
+ The pope {thanked|praised} all who had "preferred a table to a trench".
= RPT of CP | Bolivia and Paraguay sign river deal
= CHM of AW +1 | Agreement signed in Montevideo

=== 2026-05-25 trade
@MVD | Mercosur drops tariff on Bolivian goods
Mercosur lifted its sanctions on Bolivia on [D], three days after the agreement on the Pilcomayo river.
The decision was unanimous.
The tariff had been adopted in April and had been put off before it was ever collected.
@CP Montevideo | Mercosur lifts sanctions on Bolivia
The trade bloc Mercosur lifted the sanctions on Bolivian soya and gas on [D] after Bolivia had agreed to open its border.
Paraguay proposed the motion, and Brazil seconded it.
Bolivia withdrew its threat to leave the bloc.
@ORH | Tariff gone before it came
Growers in the lowlands celebrated the end of Mercosur's tariff on [D].
The first ship with 24,000 tonnes of soya leaves for Rosario this week.
The trade minister thanked Paraguay for its vote.
+ Trade between the two countries {is expected to|should} return to last year's level by August.
+ A summit of Mercosur {takes place|will be held} in Brasília in July.
+ Exports of beef and timber from Paraguay, which had been spared, rose by a tenth in the weeks of the quarrel.
+ The bloc's secretariat in Montevideo said that the tariff had been the shortest in its history: it was never paid.
= ACO of CP +1 | Mercosur ends sanctions on Bolivia

=== 2026-05-27 peace
@ACO | Two thousand march against "sale of the river"
About 2,000 people protested in Asunción on [D] against the agreement with Bolivia and accused the president of selling the river.
Veterans' associations and a nationalist party had called for the march.
Eggs were thrown at the foreign ministry, and six people were arrested.
@AW Asunción | Nationalists protest against river deal in Paraguay
Nationalists demonstrated in the Paraguayan capital on [D] against a deal with Bolivia that ended a border conflict.
Police put the crowd at 1,200.
The government said that it respected the protest and would not change a comma.
@LPL +1 Villamontes | Growers block sluice in protest against agreement
Some 300 growers occupied the road to the sluice near Villamontes on [D+1] in protest against the agreement with Paraguay.
They fear for a third of their water. The governor of Tarija talked with them until midnight.
They left after she had promised them seats on the commission.
+ A counter-demonstration of fishermen {drew|attracted} about 700 people.
+ {Polls show|A poll shows} that two thirds of Paraguayans support the deal.
+ The Senate {will vote|is to vote} on it on June 4.
+ The Paraguayan vice-president received a delegation of the protesters and explained to them for an hour how a tenth is measured.
= CP of AW | Protest in Asunción against river deal

=== 2026-05-29 peace
@CP La Paz | Bolivia and Paraguay restore full relations
Bolivia and Paraguay restored full relations on [D]. Their ambassadors returned to their posts after nearly four months.
Both presented their credentials on the same afternoon.
The four diplomats who were expelled in April may return as well.
@LPL La Paz | The ambassador with two suitcases is back
Paraguay's ambassador returned to La Paz on [D]. She came with the same two suitcases.
The foreign minister received her at the airport.
They discussed the opening of consulates in Villamontes and Colonia Neuland.
@ACO | Flag up at the embassy with the broken window
The Bolivian embassy in Asunción reopened on [D]. The window that was smashed in January has been left as it was.
Bolivia's ambassador thanked the neighbours who had swept the pavement for four months.
The foreign minister attended.
+ Flights between {La Paz and Asunción|the two capitals} {begin again|resume} on June 15.
+ Uruguay's foreign minister {congratulated|thanked} both governments.
+ The first joint act of the two ambassadors will be to lay a wreath for the dead of both armies.
= RPT of CP +1 | Ambassadors return to La Paz and Asunción

=== 2026-05-21 border
@AW Asunción | UN experts visit site of February shelling
Experts of the United Nations visited the hamlet in Paraguay on [D] in which at least 13 people were killed by shells in February.
They interviewed survivors and measured craters near General Eugenio A. Garay.
Bolivia handed over the log of the battery.
@CHM | Craters measured, names read out
United Nations investigators came to the hamlet near General Eugenio A. Garay on [D], and Ermelinda Soria showed them the exercise book.
The Watchpost gave them testimony of 31 witnesses.
We ask both governments to publish the report, whatever it says.
+ The report {is due|is expected} in September.
+ Both governments have {cooperated|worked with us}, the leader of the experts said.

+ Fourteen graves lie beside the chapel. On eleven of them stands a name, on three a number.

=== 2026-05-10
@ORH | Harvest festival: 60,000 eat soya cheese
Some 60,000 visitors came to the harvest festival in Montero on [D], 9 percent more than last year. Four tonnes of cheese made of soya were eaten, and one oven exploded without hurting anybody.
The prize for the largest pumpkin went to a pupil of 13, who had watered it with the water of the flood. It weighs 211 kilos.
Next year the festival is to last three days. The organisers took 410,000 bolivianos, of which a tenth goes to schools in Tarija.
@RPI | Weather: first frost
Frost in the low places on Tuesday, minus 1 in Villamontes, then slowly milder. The river stands at 2 metres 10 and is clear. Bring in the lemons and cover the tomatoes. The mobile clinic is at the school on Thursday, the dentist on Friday, and whoever has lost papers in the flood can get new ones at the town hall free of charge until the end of the month.

=== 2026-05-23
@CLS | Bolivia y Paraguay firman el acuerdo del Pilcomayo
Los presidentes de Bolivia y Paraguay firmaron el viernes en Montevideo un acuerdo sobre el uso de las aguas del río Pilcomayo. Cada país recibirá cuatro décimas partes del caudal y una comisión conjunta administrará la compuerta de Villamontes.
El presidente uruguayo, que medió entre las partes, celebró que dos vecinos hubieran preferido la mesa a la trinchera. Los parlamentos deben ratificar el texto en junio.
La oposición paraguaya criticó el texto, mientras que los exportadores de Santa Cruz lo recibieron con alivio.
@SAR | Why tenths beat cubic metres
A guaranteed figure would have been broken in the first dry year, and every breach would have been a crisis. A share cannot be broken by the weather. That is the whole secret of the Declaration of Montevideo.
Three doubts remain. Growers near Villamontes may refuse to close their ditches. The armies have lost face and may look for it elsewhere. And the rebels of northern Paraguay, of whom some have never signed anything, could return to the forest.
In 1995 the three countries signed a fine text about the same river. Nobody measured anything, and nobody obeyed.
