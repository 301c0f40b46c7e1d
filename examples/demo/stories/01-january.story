=== 2026-01-06 water
@CP Asunción | Paraguay summons Bolivian ambassador over shrinking river
Paraguay summoned the Bolivian ambassador in Asunción on [D] to protest against a sluice near Villamontes that, it says, has cut the flow of the Pilcomayo river by half.
"The river does not end at the border," the Paraguayan foreign minister told reporters in Asunción. He demanded that Bolivia open the gates before the fish run begins.
@ACO | Asunción protests to Bolivia as Pilcomayo runs dry
The foreign ministry handed a note of protest to Bolivia's ambassador in Asunción on [D], two days after pictures of dying fish in the Pilcomayo had filled the front pages.
The note accuses Bolivia of holding back water that a treaty promises to Paraguay. A ministry official said that the ambassador had listened for ten minutes and left without a word.
@LPL La Paz | Drought, not our sluice, emptied the river, ministry says
Bolivia's foreign ministry rejected Paraguay's protest over the Pilcomayo on [D] and said that drought alone was to blame.
"Nobody has closed anything," a ministry spokeswoman said in La Paz. She invited Paraguayan engineers to inspect the sluice near Villamontes.
@RPI | River at lowest level since measuring began
Good evening. The Pilcomayo stood at 41 centimetres at the bridge this morning, the lowest level since measuring began. Fishermen in the villages downstream pulled dead sábalo from the mud with rakes.
Paraguay's government protested to Bolivia in the afternoon. In Villamontes the head of the irrigation board said that two of five gates were open.
+ Paraguay's {fishermen's union|union of river fishermen} says that 4,000 families have lost their income since November.
+ An {engineer at the National University of Asunción|independent hydrologist} said that both drought and the sluice had played their part, and that nobody had measured how much.
+ The two governments plan to meet in Yacuiba on [M+14].
+ Argentina, through which the river also flows, {declined to comment|said only that it was watching the situation}.
+ "If they shut the water, we shut the road," said Anselmo Riquelme, who has fished near Laguna Rica for 30 years.
+ Relations between the two neighbours had been good: they are building a highway together and {buy gas and soya from each other|trade gas against beef}.
= ORH of CP +1 | Paraguay calls in Bolivian ambassador over Pilcomayo

=== 2026-01-09 water
@AW Asunción | Fishermen block Trans-Chaco highway in Paraguay to demand water
Several hundred fishermen and their families blocked the Trans-Chaco highway in western Paraguay on [D], demanding that the government make Bolivia release water from the Pilcomayo.
The protesters felled trees and parked boats across the road near Colonia Neuland. Police did not intervene, and an ambulance was let through.
@ACO | Boats on the asphalt: river people close the Trans-Chaco
About 600 people closed the Trans-Chaco highway with fishing boats on [D] in the largest protest yet over the dry Pilcomayo. Organisers spoke of 1,000.
"We have written eleven letters. A boat on the road is read at once," said Blanca Ortellado of the fishermen's union.
@RPI +1 | Blockade on Trans-Chaco enters second day
The blockade on the Trans-Chaco highway goes on for a second day. More than 200 lorries wait on either side, many of them with Bolivian plates.
The fishermen say that they will stay until a minister comes. The interior minister asked them to open one lane for food and medicine.
+ The agriculture minister promised to {visit the blockade on|come and talk to the protesters on} [D+3].
+ Lorry drivers {threw bottles at|quarrelled with} protesters in the evening, and one man was slightly injured.
+ The governor of Boquerón said he understood the fishermen's anger and asked Bolivia for a sign of good will.
+ Police denied reports that {tear gas had been fired|force had been used}.
+ The union threatened to march to Asunción if nothing changed by the end of the month.

+ The fishermen want the army to bring water and flour to 26 villages until the river rises.

=== 2026-01-13 water
@LPL La Paz | Bolivia offers river data ahead of Yacuiba talks
Bolivia offered on [D] to share daily readings of the Pilcomayo with Paraguay and Argentina, a week before the three countries are due to meet in Yacuiba.
The water minister said that the figures would show how little rain had fallen. "We are ready to put every number on the table," she said.
@CP La Paz | Bolivia agrees to share Pilcomayo readings with neighbours
Bolivia has agreed to give Paraguay and Argentina daily data on the Pilcomayo river, the water ministry said on [D], a step that Paraguay had asked for since November.
Paraguay's foreign ministry welcomed the offer but said that data were no substitute for water.
@ORH | Growers warn government against opening the gates
Soya growers in the lowlands warned the Bolivian government on [D] not to give in to Paraguay. If the gates near Villamontes were opened now, they said, a third of the harvest would be lost.
Their association would call a strike if that happened, its president said in Santa Cruz.
+ Paraguay wants a {minimum flow|fixed share} of 70 cubic metres a second. Bolivia has never agreed to a figure.
+ Argentina {confirmed|said} that its deputy foreign minister would attend the meeting in Yacuiba.
+ An opposition senator accused the Bolivian government of giving away secrets of the irrigation scheme.
+ "A river that is measured is a river that can be shared," said a former Argentine delegate to the commission of 1995.
+ The readings will be published every evening on the ministry's website, with those of the last three years beside them.
= ACO of CP +1 | Bolivia to share river readings, ministry says

=== 2026-01-15 trial
@CP Tarija | Bolivian marines detain 11 Paraguayan fishermen
Bolivian marines detained 11 Paraguayan fishermen on the Pilcomayo river on [D] and took them to Villamontes, the navy said. Their three boats and nets were seized.
A navy spokesman said that the men had been fishing eight kilometres inside Bolivia without a licence.
@ACO | Eleven of our fishermen taken by Bolivian patrol
A Bolivian patrol arrested 11 Paraguayan fishermen on the Pilcomayo river before dawn on [D], and one of them was beaten, relatives said.
The men come from three villages near Laguna Rica. "My brother was mending a net on our own bank," said Mirta Riquelme.
@LPL Tarija | Navy: poachers were caught on our side of the river
The navy caught a group of Paraguayan poachers on the Pilcomayo river on [D]. Ten men and a boy of 17 were taken into custody in Villamontes, a commander said.
He denied that anyone had been beaten. All had been seen by a doctor.
@RPI | Nine or eleven? Families look for missing fishermen
Families on the lower river are looking for men who did not come home this morning. Radio Pilcomayo knows of nine who were taken away by a Bolivian patrol; the union says eleven.
Our colleague in Villamontes saw a navy lorry at the barracks. No lawyer was let in.
@CHM | Call for access to detained fishermen
The Chaco Rights Watchpost calls on Bolivia to let lawyers and the Paraguayan consul see the fishermen who were arrested on [D].
Holding a minor with adults violates the law of Bolivia itself, our lawyer Teresa Amarilla said.
+ Paraguay's consul in Villamontes {asked to see the men|requested access} and was told to come back the next day.
+ Prosecutors in Tarija said that the men {would be charged with|could face charges of} illegal fishing.
+ {The Paraguayan foreign ministry demanded that they be released at once.|Paraguay's foreign minister demanded the immediate release of all of them.|Asunción protested and demanded that Bolivia free the men without delay.}
+ A Bolivian fisherman was {arrested|held for a night} on the Paraguayan side in 2019 and released after he had paid a fine.
= RPT of CP | Bolivia holds eleven Paraguayan fishermen
= ORH of CP +1 | Marines hold Paraguayan fishermen at Villamontes

=== 2026-01-17 trial
@AW Asunción | Thousands rally at Bolivian embassy in Asunción for jailed fishermen
Thousands of people demonstrated outside the Bolivian embassy in Asunción on [D] to demand the release of 11 fishermen held in Villamontes.
Protesters hung nets on the fence and sang. Police put the crowd at 3,000.
@ACO | Nets on the embassy fence
At least 5,000 people, according to the organisers, marched to the Bolivian embassy in Asunción on [D]. Some threw fish over the gate, and riot police detained four students.
The Paraguayan president called for calm. "Bring your anger, but bring it in peace," he said in a broadcast.
@LPL +1 La Paz | La Paz asks Paraguay to protect embassy
Bolivia asked Paraguay on [D+1] to protect its embassy in Asunción after demonstrators had smashed two windows.
The embassy would stay closed until Wednesday, the foreign ministry said. Nobody was injured.
+ The four students were released {before midnight|a few hours later} without charge.
+ "We do not want war. We want our fathers," a banner read.
+ The union of fishermen said that it would {go on protesting|hold vigils} every Saturday.
+ Opposition parties in Paraguay urged the government to bring the case before the Organization of American States.

=== 2026-01-20 water
@CP Yacuiba | Talks on Pilcomayo collapse on first day
Talks between Bolivia and Paraguay on the Pilcomayo river broke down in Yacuiba on [D] when the Paraguayan delegation walked out over the detained fishermen.
"We do not discuss water while our citizens are in prison," the head of the delegation said. Bolivia called the walkout theatre.
@RPT Yacuiba | Paraguay leaves table in Yacuiba, Argentina left to tidy up
The Paraguayan delegation left the talks in Yacuiba on [D] after less than two hours. Argentina's deputy foreign minister met both sides in the evening and failed to bring them back.
Bolivia had refused to put the fishermen on the agenda, diplomats said.
@LPL Yacuiba | Paraguay walks out, our delegation stays
Paraguay abandoned the Yacuiba talks on [D] before a single figure had been discussed. Bolivia's delegation stayed at the table until six o'clock.
"The chair opposite was empty, and so are their arguments," the water minister said.
@ACO | Why we left: delegation chief defends walkout
The chief of Paraguay's delegation defended his walkout from the Yacuiba talks on [D] and accused Bolivia of using 11 fishermen as hostages.
Bolivia's delegates would not even say the word, he told this newspaper by telephone.
+ Argentina proposed to {resume the talks|meet again} in February. Neither side replied.
+ A joint statement that had been {drafted|prepared} in Buenos Aires was not signed.
+ About 50 growers demonstrated outside the hotel against any deal on the gates.
+ Before it left, Paraguay handed over a list of demands, among them a {minimum flow|fixed share of the water} and a joint fishing zone of 40 kilometres.
= MVD of RPT +1 | Yacuiba river talks end in walkout

=== 2026-01-23 rebels
@CP Concepción | Rebels storm police station in northern Paraguay
Rebels stormed a police station in Horqueta in northern Paraguay early on [D], killing four officers and wounding six, police said.
About 30 gunmen threw explosives through the windows and fled in two stolen lorries. They took 18 rifles.
@ACO | Five officers dead in attack on Horqueta police station
Five police officers were killed on [D] when gunmen of the Northern Column attacked the police station in Horqueta, the interior minister said. Seven others were wounded, two of them gravely.
"This was not a political act. This was murder in the dark," the minister said at the scene.
@AW Asunción | At least four police killed in raid claimed by Paraguayan rebels
Paraguayan rebels killed at least four policemen in an attack on a station in the town of Horqueta on [D]. A leaflet left at the gate claimed responsibility in the name of the Northern Column.
The attack is the deadliest in three years.
@RPT +1 Asunción | Paraguay sends 400 soldiers north after raid on police
Paraguay sent 400 soldiers to the department of Concepción on [D+1], a day after rebels had overrun a police post in Horqueta and killed five people.
The government declared a curfew in four districts.
+ A woman who sells bread across the street said that the shooting had lasted {twenty minutes|almost half an hour}.
+ {The bishop of Concepción condemned the attack and offered to talk to anyone who would listen.|The attack was condemned by the bishop of Concepción, who buried one of the dead himself.|In his sermon the bishop of Concepción condemned the rebels and called on them to lay down their arms.}
+ The opposition accused the government of having {stripped the north of police|neglected the north} to guard the river.
+ Brazil {offered to share|promised} pictures of the border area taken from the air.
+ In 2023 an attack of the same group on a cattle farm left three workers dead.
= LPL of AW +1 | Paraguayan rebels kill four policemen
= ORH of AW +1 | Four police killed in Paraguay raid

=== 2026-01-26 rebels
@CP Asunción | Paraguay arrests nine over attack in Horqueta
Paraguayan police arrested nine people on [D] on suspicion of helping the rebels who attacked the police station in Horqueta.
Officers seized radios, uniforms and four of the stolen rifles in raids on three farms, the interior minister said.
@ACO | Nine held, one of them a village teacher
Police detained nine people in villages around Horqueta on [D]. Among them is a teacher, Celso Marecos, whose pupils gathered outside the court to demand his release.
His lawyer denied that he had anything to do with the rebels.
@CHM +1 | Arrests in the north: doors broken, no warrants shown
Police broke into at least 14 houses in the department of Concepción on [D] without showing warrants, residents told the Watchpost.
We call on the government to investigate the raids. A teacher who was arrested has asthma and was denied his medicine for a night.
+ A judge ordered that {all nine be held|the nine stay in custody} for 30 days.
+ The interior minister rejected the criticism and said that every door had been opened by law.
+ The rebels' commander, known as Tobías, is {believed to be|thought to be hiding} near the Brazilian border.
+ The teachers' union called a {two-day strike|strike of two days} in the north.

=== 2026-01-28 trial
@LPL Tarija | Four fishermen go home, seven must stay
A court in Tarija released four of the 11 Paraguayan fishermen on [D] and charged the other seven with illegal fishing.
The four, among them the boy of 17, crossed the border on foot in the afternoon.
@CP Tarija | Bolivia frees four Paraguayan fishermen and charges seven
Bolivia freed four Paraguayan fishermen on [D], nearly two weeks after they had been detained on the Pilcomayo river. Seven more were charged and remain in prison in Tarija.
Paraguay called the release a first step and the charges an insult.
@ACO | "They asked us for the map, and we have no map"
Four fishermen came home on [D] after 13 days in Bolivian custody. At the border post the youngest, who is 17, was lifted onto shoulders.
"They asked us for the map, and we have no map. We have the river," said Nicanor Báez, 52.
The other seven were charged, and Paraguay's foreign minister demanded their unconditional release.
+ A trial is {expected|due} to open in March.
+ The governor of Tarija said the court had acted {without pressure from La Paz|alone}.
+ Three of the four said that they had been treated well. One accused a guard of hitting him.
+ Uruguay and Brazil {welcomed the release|praised the release as wise}.
= RPT of CP | Bolivia releases four fishermen, charges seven

=== 2026-01-30 peace
@MVD | Uruguay offers to mediate in river dispute
Uruguay offered on [D] to mediate between Bolivia and Paraguay in their dispute over the Pilcomayo. The foreign minister telephoned both of her colleagues in the morning.
"We are small, we are near, and we do not drink from that river," she said.
@AW Montevideo | Uruguay offers itself as mediator between Bolivia and Paraguay
Uruguay has offered to mediate in the growing quarrel between Bolivia and Paraguay over water and fishing, its foreign ministry said on [D].
Paraguay accepted within hours. Bolivia said that it would study the proposal.
@LPL +1 La Paz | Government in no hurry to answer Montevideo
Bolivia thanked Uruguay on [D+1] for its offer to mediate but did not accept it. The matter could be settled between the two neighbours, a government spokesman said.
A deputy of the ruling party said that a mediator would only reward Paraguay for walking out.
+ Uruguay mediated {without success|in vain} in a quarrel between two of its neighbours over a paper mill twenty years ago.
+ The secretary-general of the Organization of American States {praised the offer|welcomed the initiative}.
+ If both agree, envoys would {meet in Montevideo|come to Montevideo} in the second half of February.
+ Mercosur, to which all three belong, has so far kept silent.
= ACO of AW | Montevideo ready to mediate, Asunción accepts

=== 2026-01-11
@ORH | Blooming of the lapacho no longer a surprise for late-summer football fans
Oriente Petrolero's reserves beat a visiting side from Cochabamba 3-1 on [D] in a friendly that was stopped twice by a dog. The striker Wilmar Égüez scored twice and missed a penalty.
"We attacked well and defended badly, as always," the coach said. The season begins in three weeks.
For the home side it was the first game after a long summer, in front of 2,100 spectators and with a borrowed ball. The dog, which belongs to the groundsman, has been asked to stay away on Sunday.
@RPI | Weather for the week: heat, then more heat
Hot and dry until Thursday, with 43 degrees in Mariscal Estigarribia and 41 in Villamontes. A storm may reach the foothills at the weekend, but little of it will fall where it is needed.
Old people should stay in the shade between eleven and five and drink more than they think they need. The pharmacy in the main street is open at night until Wednesday, the one at the square from Thursday on. The ferry does not run because of low water.

=== 2026-01-19
@RPT Buenos Aires | Argentina grain exports rise 14 percent in December
Argentina exported 6.8 million tonnes of grain in December, 14 percent more than a year before, the exchange in Rosario said on [D]. Soya meal earned 1.1 billion dollars.
Barges on the Paraná carried 61 percent of it. Water levels were higher than in 2024, and freight cost 9 percent less.
Exporters expect a harvest of 49 million tonnes of soya this year. Of maize, 52 million tonnes are forecast.

=== 2026-01-21
@MAU | Le Pilcomayo, un fleuve sans mode d'emploi
Les négociations entre la Bolivie et le Paraguay sur le partage des eaux du Pilcomayo ont échoué mardi à Yacuiba. La délégation paraguayenne a quitté la salle après deux heures de discussion, en accusant La Paz de retenir onze pêcheurs en otage.
La ministre bolivienne de l'Eau a regretté ce départ et a répété que la sécheresse était seule responsable de la baisse du fleuve. L'Argentine propose de reprendre les discussions en février.
Sur la rive paraguayenne, quatre mille familles vivent de la pêche. Elles menacent de bloquer à nouveau la route du Chaco.
@CLS | Dos países, un río y once pescadores presos
La reunión entre Bolivia y Paraguay sobre el río Pilcomayo terminó el martes sin acuerdo. La delegación paraguaya se retiró de la mesa en Yacuiba y exigió la libertad de los once pescadores detenidos la semana pasada.
El gobierno boliviano afirmó que la justicia es independiente y que los detenidos pescaban sin licencia dentro de su territorio. Los productores de soya se manifestaron frente al hotel.
El defensor del pueblo visitó a los detenidos y pidió que el menor de diecisiete años quedara en libertad cuanto antes.
