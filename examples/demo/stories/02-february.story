=== 2026-02-03 border
@CP Villamontes | Two soldiers killed in exchange of fire on Bolivian-Paraguayan border
Two soldiers were killed on [D] when Bolivian and Paraguayan troops exchanged fire near General Eugenio A. Garay, the first deadly clash on the border in decades.
One of the dead was Bolivian and the other Paraguayan, officials in both countries said. Each army said that the other had fired first.
@ACO | Bolivian patrol fires on our post, a corporal is dead
Bolivian soldiers fired on a Paraguayan border post near General Eugenio A. Garay on [D] and killed a corporal of 23, the defence ministry in Asunción said.
"Our men answered as they are sworn to do," the defence minister said. He could not say whether the patrol had suffered losses.
@LPL La Paz | Two of our soldiers fall in ambush at the border
Paraguayan troops ambushed a Bolivian patrol at the Gran Chaco border on [D], killing two soldiers and wounding five, the Bolivian army said.
The patrol had been looking for cattle thieves and was a kilometre inside Bolivia, a general told reporters.
@AW Asunción | At least three dead as Bolivia and Paraguay trade shots in the Gran Chaco
At least three soldiers died in a gunfight between Bolivian and Paraguayan troops near the border crossing of General Eugenio A. Garay on [D].
The shooting began at about ten in the morning and lasted two hours. The crossing was evacuated.
@RPI | Shots heard at the border since ten
We interrupt the programme. Shots have been heard since ten this morning at the border near General Eugenio A. Garay. A customs officer told us that he had counted two bodies.
Lorries are being turned back on both sides. Stay away from the crossing.
+ {Three Bolivian soldiers were captured by Paraguayan troops, according to both governments.|Paraguayan troops took three Bolivian soldiers prisoner.|Three men of the Bolivian patrol are missing; Paraguay said that it had captured them.}
+ {Bolivia's president cancelled a trip to Brazil and met the army's commanders.|In La Paz the president called off a visit to Brazil and summoned his generals.|The Bolivian president, who was to fly to Brazil, stayed and conferred with the army's commanders.}
+ The Paraguayan army denied that its soldiers had crossed the border.
+ "The grass is higher than a man. Nobody out there knows where the line is," said a farmer of Mennonite descent who lives nearby.
+ Argentina urged both countries to {cease fire at once|hold their fire}.
= RPT of CP | Bolivian and Paraguayan soldiers die in border clash
= MVD of AW +1 | Three die as neighbours trade shots in the Gran Chaco
= ORH of CP +1 | Deadly clash near General Eugenio A. Garay

=== 2026-02-04 border
@CP Asunción | Paraguay recalls ambassador from La Paz
Paraguay recalled its ambassador from La Paz on [D], a day after a clash on the border in which soldiers of both countries had died.
The Paraguayan president said that relations would be reviewed from top to bottom. He did not break them off.
@LPL La Paz | Bolivia accuses Paraguay of aggression
Bolivia accused Paraguay of aggression on [D] and called its own ambassador home from Asunción for consultations.
"Whoever kills our soldiers on our soil must explain himself before the world," the foreign minister said.
@ACO +1 | Ambassadors go home, telephones stay on
The ambassador left La Paz on [D] with two suitcases and a driver. By evening Bolivia's ambassador had left Asunción as well.
The two defence ministers spoke by telephone at night, according to the government. They agreed on nothing, but they spoke.
+ Both armies {put their garrisons on alert|raised the state of alert} in the Gran Chaco.
+ In Santa Cruz, business associations appealed to both governments to {keep the road open|keep trade out of it}.
+ Paraguay said it would bring the case before the Organization of American States.
+ The captured Bolivian soldiers were {shown on television|presented to the press} in Mariscal Estigarribia. The Red Cross asked to see them.
= RPT of CP | Paraguay calls its ambassador home from Bolivia

=== 2026-02-05 peace
@AW New York | UN chief urges restraint in Gran Chaco dispute
The United Nations secretary-general urged Bolivia and Paraguay on [D] to show restraint after soldiers had been killed in a clash on their border.
He offered his help in bringing the two sides together, his spokesman said.
@MVD | Foreign minister repeats offer to mediate
Uruguay's foreign minister repeated on [D] that Montevideo was ready to receive Bolivian and Paraguayan envoys at any hour.
"The bullets have made it more urgent, not more difficult," she said.
@RPT Buenos Aires | Brazil and Argentina call for ceasefire on Pilcomayo
Brazil and Argentina jointly called on Bolivia and Paraguay on [D] to stop fighting and return to talks. The presidents of the two countries had spoken by telephone.
Brazil offered to host a meeting in Brasília.
@LPL +1 La Paz | Bolivia says yes to Uruguay's mediation
Bolivia accepted Uruguay's offer to mediate on [D+1], dropping its objections after the death of soldiers at the border.
The foreign minister said that acceptance was no sign of weakness.
+ The European Union {called for|appealed for} calm. Spain said it could send experts on rivers.
+ {The Organization of American States will hold an emergency session in Washington on [D+6].|An emergency session of the OAS in Washington is planned for [M+6].|The OAS called an emergency meeting for [D+6].}
+ The pope prayed for "two brother peoples who share a desert and a war".
+ Chile and Peru {expressed concern|voiced concern} and said they stood ready to help.
= ACO of AW +1 | UN secretary-general calls for restraint

=== 2026-02-07 border
@ACO | Two battalions move west
Paraguay deployed two battalions to Colonia Neuland on [D], the largest movement of troops in the Gran Chaco in living memory. Children waved from the roadside.
"We are not going to war. We are going to the border," the defence minister said.
@LPL Villamontes | Army sends 1,200 men to Villamontes
Bolivia sent 1,200 soldiers and a battery of artillery to Villamontes on [D] in answer to Paraguay's deployment.
The defence minister said that the troops would act only if they were attacked. He warned Paraguay against any new provocation.
@AW Asunción | Bolivia and Paraguay mass troops on Gran Chaco border
Bolivia and Paraguay reinforced their troops along the border on [D], four days after a deadly clash. Together they have moved about 2,500 men.
Military analysts doubt that either army could fight for more than a few weeks.
@RPI | No petrol for the public
Petrol is reserved for the army in Loma Plata and Mariscal Estigarribia from today. Buses run twice a day.
Soldiers have taken over the school in Laguna Rica. Lessons are held under a tree.
+ Hundreds of families {left their farms|fled from farms} near the border, the Paraguayan Red Cross said.
+ Bolivia denied that it had {bought drones from abroad|ordered drones}.
+ Opposition leaders in both countries backed their governments, with the exception of a Green party in Paraguay that called the deployment madness.
+ If fighting resumes, up to 15,000 people {would have to|might have to} leave, aid workers warned.

=== 2026-02-09 trade
@CP La Paz | Bolivia shuts border crossings to Paraguay
Bolivia closed all border crossings to Paraguay on [D] and stopped the transit of Paraguayan lorries until further notice.
The customs service gave no reason but the safety of drivers.
@ACO | Paraguay answers closed border with ban on Bolivian gas
Paraguay banned imports of Bolivian gas and diesel on [D], hours after Bolivia had sealed the border. Supplies will come from Argentina instead, the energy minister said.
He put the extra cost at 9 million dollars a month.
@ORH | Exporters plead: do not strangle us
Exporters in Santa Cruz condemned the closing of the border on [D] and urged the government to reverse it.
"We have 300 lorries in the sun and soya that sweats," said the president of the chamber, Edgar Montenegro-Ruiz.
@RPT +1 Buenos Aires | Trade war joins shooting war in the Gran Chaco
Bolivia and Paraguay have imposed sanctions on each other: La Paz closed the border on [D], and Asunción stopped buying Bolivian gas.
Argentina said it would sell Paraguay what it needed but would take no side.
+ Some 700 {lorries|trucks} were stuck on both sides by evening.
+ Paraguay threatened to {close the river to Bolivian barges|stop Bolivian barges} as well.
+ Economists in Asunción said that neither measure would hurt the other side as much as its own.
+ The last time the border was closed was in 2020, during the pandemic.
= MVD of CP | Bolivia closes its border with Paraguay

=== 2026-02-11 peace
@AW Washington | Americas body calls for truce between Bolivia and Paraguay
The Organization of American States called on Bolivia and Paraguay on [D] to cease fire and to withdraw their troops from the border. Its council adopted the resolution by 27 votes, with no one against.
Bolivia and Paraguay abstained.
@CP Washington | OAS urges both sides to pull back and backs Uruguay
The OAS urged Bolivia and Paraguay on [D] to pull their forces back by 20 kilometres and voiced support for Uruguay's mediation.
Paraguay's delegate accused Bolivia of starving a river. Bolivia's delegate accused Paraguay of killing shepherds of the law.
@SAR +1 | A resolution with no teeth, and why it matters
The resolution that the OAS passed on [D] threatens nobody with anything. It matters all the same: for the first time both governments sat in one room and heard the same sentence.
If Mercosur were to add sanctions, exports of soya would suffer within a month. That is a language that Santa Cruz understands.
+ The United States {supported|voted for} the resolution and offered satellite pictures of the river.
+ Uruguay said its foreign minister would {travel to|visit} both capitals next week.
+ The council rejected a proposal to send observers at once.
= ACO of CP +1 | OAS backs Montevideo's mediation

=== 2026-02-13 border
@CP Mariscal Estigarribia | Bolivian mortar fire kills 12 in Paraguayan border hamlet
Bolivian mortars killed 12 Paraguayans in a hamlet near General Eugenio A. Garay on [D], the Paraguayan army said. Nine of them were civilians.
Bolivia denied having shelled the hamlet and said its troops had answered fire from a hill.
@ACO | Fifteen dead in shelling of hamlet, four of them children
Bolivian troops shelled a Paraguayan hamlet near General Eugenio A. Garay on [D] and killed 15 people, among them four children, the health minister said. More than 20 were wounded.
The Paraguayan president declared three days of mourning. "They will answer for every child," he said.
@AW Asunción | Shells from Bolivia kill at least 13 in Paraguay
Mortar shells fired from Bolivia killed at least 13 Paraguayans and wounded about 20 in a settlement near General Eugenio A. Garay on [D].
Paraguay blamed the Bolivian army. Bolivia's defence minister said that the shells had been Paraguayan and had fallen short.
@LPL La Paz | Army: we fired at a gun position, not at houses
The army fired mortars at a Paraguayan gun position on [D] after three of its soldiers had been wounded by snipers, a spokesman said. He rejected the charge that houses had been targeted.
"If civilians have died, we mourn them," he said.
@RPI | Twelve bodies in the chapel
There are twelve bodies in the chapel tonight. We have counted them twice. The wounded were driven to Loma Plata in cattle lorries.
The shelling lasted from four until a quarter to five. A shell also hit the school where soldiers had slept.
@CHM +1 | Civilians killed in border hamlet: inquiry needed
The Watchpost has the names of 14 people who were killed in the shelling near General Eugenio A. Garay on [D], ten of them civilians of the Nivaclé people.
We urge the United Nations to investigate. Soldiers were quartered in the school, which put the children at risk.
+ Paraguay's artillery {returned fire|fired back} until dark, according to the Bolivian army.
+ {Uruguay condemned the attack and said that its mediation would go on.|Uruguay's foreign minister condemned the shelling of civilians. She would fly to both capitals all the same, she said.|In Montevideo the government condemned what it called a massacre and repeated its offer to mediate.}
+ {Several hundred people fled the villages along the river in the night.|In the night about 700 people left the villages near the border on carts and on foot.|Whole villages were empty by morning; their people had fled to Loma Plata.}
+ Brazil sent a field hospital {with 40 beds|of 40 beds} to Mariscal Estigarribia.
+ Bolivia's navy withdrew its boats from the stretch.
= RPT of AW | Bolivian shells kill at least 13 on Paraguay's side of the border
= MVD of AW | Thirteen killed by Bolivian mortar shells in Paraguay
= ORH of CP +1 | Twelve dead in Paraguayan hamlet

=== 2026-02-14 border
@LPL La Paz | Thousands march in La Paz to back the army
Thousands marched through La Paz on [D] in support of the army and demanded that the government answer Paraguay with force.
Veterans' grandsons carried photographs of the Chaco War. A smaller group with white flags was jeered.
@ORH | Santa Cruz says no: ten thousand against war
Some 10,000 people demonstrated against war in Santa Cruz de la Sierra on [D]. Growers, students and priests walked together, and many wore white.
"Our sons plant soya. Let them plant it," the archbishop told the crowd.
@ACO | Mourners fill the cathedral
Tens of thousands of people attended a mass in Asunción on [D] for the victims of the shelling near General Eugenio A. Garay.
Afterwards about 300 young men threw stones at the empty Bolivian embassy. Police fired rubber bullets and arrested 26.
@AW +1 La Paz | Rival marches in Bolivia as Gran Chaco conflict deepens
Supporters and opponents of the war rallied in Bolivia's largest cities on [D], as funerals began across the border.
Police in Santa Cruz put the peace march at 8,000 people. In La Paz about 5,000 called for revenge.
+ The Bolivian president {thanked the marchers|praised both marches} and ruled out an attack on Paraguay.
+ Trade unions in Cochabamba announced a {strike|one-day strike} if reservists were called up.
+ Bishops of both countries jointly {called for|appealed for} a ceasefire during Lent.

=== 2026-02-16 trade
@MVD | Mercosur threatens sanctions against both sides
Mercosur threatened to suspend trade privileges of Bolivia and Paraguay on [D] if they did not stop fighting within ten days.
The foreign ministers of Argentina, Brazil and Uruguay agreed on the warning in a video call.
@CP Montevideo | Mercosur warns Bolivia and Paraguay of sanctions
The trade bloc Mercosur warned Bolivia and Paraguay on [D] that it would impose sanctions if no ceasefire was reached by the end of the month.
Tariffs of 10 percent on soya, beef and gas could follow, officials said.
@ACO +1 | Government calls Mercosur threat unjust
Paraguay criticised Mercosur on [D+1] for threatening the attacked and the attacker alike.
The foreign minister said Paraguay would not withdraw a single man under pressure. He welcomed the call for a ceasefire.
@ORH +1 | Growers: Mercosur's tariff would finish us
A tariff of 10 percent would cost the lowlands 40 million dollars a month, growers said on [D+1]. They demanded that the government accept a ceasefire.
Two silos are full already, and a third has been rented from a brewery.
+ The bloc has {suspended a member|suspended members} twice before, Paraguay in 2012 among them.
+ Bolivia said that it would {respect any decision|abide by any decision} that treated both sides alike.
+ Brazil's foreign minister denied that his country favoured either side.

+ The finance ministers of both countries estimate that the war has already cost them {30 million dollars|about 30 million dollars}.

=== 2026-02-18 peace
@MVD | Foreign minister begins shuttle in Asunción
Uruguay's foreign minister met the Paraguayan president in Asunción on [D] and brought a plan in four points, the first of which is a truce of 72 hours.
She flies to La Paz on [D+1].
@ACO | Uruguayan envoy brings four points and no promises
The president received Uruguay's foreign minister for two hours on [D]. They discussed a truce, the prisoners, the fishermen and the water, in this order.
"I found a door that was not locked," the visitor said.
@LPL +1 La Paz | Uruguay's minister in La Paz with truce plan
The Bolivian president met Uruguay's foreign minister in La Paz on [D+1] and called her plan for a truce serious.
Bolivia demands that its three captured soldiers be freed first.
@AW +1 La Paz | Uruguayan minister shuttles between La Paz and Asunción
Uruguay's foreign minister held talks with the Bolivian president on [D+1], a day after visiting Paraguay, in an attempt to broker a truce.
Both sides praised her tone. Neither has signed anything.
+ The plan {provides for|foresees} observers of the OAS along 200 kilometres of border.
+ Shots were heard near the Pilcomayo river during the visit, but nobody was {hurt|injured}.
+ A second round could {begin|take place} in Montevideo on [D+5].
+ Paraguay let the Red Cross visit the captured soldiers for the first time.

=== 2026-02-20 border
@RPT Buenos Aires | Argentina denies arming Paraguay
Argentina denied on [D] that it had sold mortar shells to Paraguay. The defence minister called a report on a Bolivian website pure invention.
No licence for the export of arms to either country had been granted since December, he said.
@LPL La Paz | Did Argentine shells reach Asunción? Questions in Congress
Deputies of the ruling party accused Argentina on [D] of having sent arms to Paraguay by rail. They showed a photograph of a crate.
The Bolivian foreign ministry asked Argentina to clarify the matter.
@AW Buenos Aires | Argentina rejects claim it supplied shells to Paraguay
Argentina rejected accusations by Bolivian lawmakers on [D] that it supplied Paraguay with ammunition.
The crate in the photograph had held pumps, the Argentine customs office said.
+ Paraguay said it had {bought no arms|not bought any arms} this year.
+ Bolivia {accepted the explanation|thanked Argentina for its explanation} in the evening and said the matter was closed.
+ The website that published the report {removed it|took it down} without comment.

+ Bolivia's ambassador in Buenos Aires was shown the freight papers. He declared himself satisfied.

=== 2026-02-23 peace
@CP Montevideo | Bolivia and Paraguay sign truce in Montevideo
Bolivia and Paraguay signed a truce in Montevideo on [D] after 30 hours of talks brokered by Uruguay. It takes effect at midnight.
Both armies will stop firing, stay where they are and let the Red Cross recover the dead.
@MVD | Signed at four in the morning
At four in the morning on [D] the foreign ministers of Bolivia and Paraguay signed a ceasefire in the Palacio Santos. They did not shake hands until they were asked to.
"It is two pages long, and every comma has been paid for," Uruguay's foreign minister said.
@AW Montevideo | Truce agreed in Gran Chaco conflict
Bolivia and Paraguay agreed to a ceasefire on [D] under a deal mediated by Uruguay, ending three weeks of clashes in which at least 20 people died.
The truce runs for 30 days and can be extended.
@LPL La Paz | Truce with honour, president says
The Bolivian president welcomed the ceasefire signed in Montevideo on [D] and ordered the army to hold its fire from midnight.
The three soldiers held by Paraguay are not mentioned in the text. Their families protested outside the palace.
@ACO | Guns to fall silent at midnight
Paraguay's government hailed the truce with Bolivia on [D] as a victory of reason. The opposition called it a pause for breath.
Congress is to be informed on Wednesday.
+ {Argentina, Brazil and the United States welcomed the agreement.|Brazil and Argentina praised the truce, and so did the United States.|The United States welcomed the ceasefire and thanked Uruguay.}
+ Mercosur said that it would {put off|postpone} its sanctions.
+ The two sides will {meet again|hold new talks} in Buenos Aires on [M+14] to discuss prisoners and water.
+ {The UN secretary-general congratulated Uruguay and asked both armies to keep their word.|The United Nations praised Uruguay and urged both armies to respect the truce.|From New York the UN secretary-general congratulated the mediators.}
+ The text was read out to every company before midnight, an officer in Villamontes said.
= RPT of CP | Truce in the Gran Chaco from midnight
= ORH of AW +1 | Ceasefire signed after three weeks of clashes

=== 2026-02-26 border
@CP Villamontes | Shell kills Bolivian soldier three days into truce
A shell killed a Bolivian soldier near the Pilcomayo river on [D], the first death since a truce with Paraguay took effect.
Bolivia accused Paraguay of breaking the ceasefire. Paraguay denied it and ordered an inquiry.
@LPL La Paz | Paraguay breaks its word after three days
Paraguayan artillery fired on a Bolivian position on [D] and killed a soldier of 19, the army said. Two others were wounded.
The foreign minister complained to Uruguay. "We count on the mediator to name who broke the truce," he said.
@ACO +1 | Army admits a gun went off, blames a lieutenant
The Paraguayan army admitted on [D+1] that one of its mortars had been fired across the river and suspended a lieutenant.
The defence minister apologised to the family of the dead soldier. "It was an error, not an order," he said.
@MVD +1 | Montevideo keeps both sides at the table
Uruguay's foreign minister spoke with both defence ministers on [D+1] after a shell had killed a soldier. Both assured her that the truce would hold.
Bolivia accepted Paraguay's apology.
"A truce is like a roof," she said. "One learns in the rain where it leaks."
+ No shots were {reported|heard} on the following day.
+ A hotline between the two garrisons {is to be|will be} set up next week.
+ Observers could have prevented the incident, the head of the OAS said.

+ The gun stood near Laguna Rica and belonged to a battery that was to be withdrawn the next day anyway.

=== 2026-02-08
@RPT Buenos Aires | Summer cup: keeper saves three penalties
Argentina's under-20 side beat Uruguay on penalties on [D] to win the summer cup in Mar del Plata. The goalkeeper, 19, saved three shots in a row.
Uruguay had fought back from two goals down. The captains exchanged shirts, and the fireworks were cancelled because of the wind.
It was the third final between the two in four years. Some 22,000 spectators stayed until the end. The next tournament will be held in Punta del Este.
@RPI | Weather: first clouds over the foothills
Clouds are gathering over the foothills of Tarija. Up to 20 millimetres of rain are possible on Tuesday, with gusts of 70 kilometres an hour. The level at the bridge is 44 centimetres.
Farmers are advised to clear the ditches. The school bus to the lower villages starts half an hour earlier this week because of the heat. Whoever finds the brown mare of the Ledezma family is asked to telephone the station.

=== 2026-02-15
@CLS | El Mercosur pide una tregua antes de fin de mes
Los cancilleres de Argentina, Brasil y Uruguay se reunirán el lunes por videoconferencia para analizar el conflicto entre Bolivia y Paraguay. Según fuentes diplomáticas, el bloque podría suspender las preferencias comerciales de los dos países si no cesan los combates.
En Santa Cruz miles de personas marcharon vestidas de blanco contra la guerra, mientras que en Asunción la policía detuvo a veintiséis jóvenes frente a la embajada.
Los gobiernos de Chile y del Perú también manifestaron su preocupación por la situación en la frontera.

=== 2026-02-24
@MAU | Une trêve de trente jours pour le Chaco
La Bolivie et le Paraguay ont signé lundi à Montevideo une trêve de trente jours, après trente heures de négociations sous l'égide de l'Uruguay. Les combats ont fait au moins vingt morts depuis le début du mois de février.
Les deux armées doivent rester sur leurs positions et permettre à la Croix-Rouge de récupérer les corps. La question des pêcheurs emprisonnés n'est pas réglée.
Les présidents argentin et brésilien ont salué l'accord. Une nouvelle rencontre est prévue le 9 mars à Buenos Aires.
@SAR | Lent, soya and a tired artillery: why they signed
Three things brought the two foreign ministers to Montevideo. The first is rain: in March no lorry moves in the Gran Chaco. The second is soya, which must be shipped in April. The third is that neither artillery had shells for another month.
In 1935 it took eight mediators and 90,000 dead to arrive where three weeks have led now. If the truce fails, Uruguay would hardly try a second time.
One more thing should be said. Neither president wanted this war, and each believed that the other one did. That is how most of them begin.
