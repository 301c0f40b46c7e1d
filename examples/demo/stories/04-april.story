=== 2026-04-02 trial
@CP Tarija | Bolivian court convicts four Paraguayan fishermen, acquits three
A court in Tarija convicted four Paraguayan fishermen of illegal fishing on [D] and sentenced them to 18 months in prison. Three others were acquitted.
The four have been in custody since January 15. Their lawyer said he would appeal.
Paraguay condemned the verdict.
@LPL Tarija | Eighteen months for four, freedom for three
Four fishermen from Paraguay must stay in prison for a year and a half, judges in Tarija ruled on [D]. Three of the accused walked free because nobody could say on which bank they had stood.
The prosecution had demanded three years.
"This court has judged seven men and not two countries," the presiding judge said.
@ACO | Four years of net, eighteen months of bars
The court in Tarija sentenced four of our fishermen to a year and a half on [D]. Nicasio Riquelme, 44, turned to his wife and lifted both hands.
The foreign minister called the verdict a disgrace and demanded a pardon.
In Mariscal Estigarribia about 200 people burned a Bolivian flag.
@AW La Paz | Bolivia jails four Paraguayan fishermen for 18 months
A Bolivian court sentenced four Paraguayan fishermen to a year and a half in jail on [D] in a case that had strained relations between the neighbours.
Three more were cleared and are to be sent home.
Uruguay, which mediates between the two, appealed to Bolivia's president to pardon the men.
@RPI | Three are coming home
The bus with the three who were acquitted has left Tarija and will be in Villamontes at about nine tonight. Whoever wants to welcome them should bring blankets: it is cold on the bridge.
The other four were led away through the yard. One of them called out that the nets must be mended before winter.
Judge, prosecutor and lawyers did not want to speak to us.
+ The president of Bolivia can {pardon prisoners|grant pardons}, and his spokesman {did not rule it out|said only that he had read the request}.
+ The bishops of both countries {asked for mercy|appealed for clemency}.
+ Relatives {wept|shouted} in the corridor, and guards removed two women.
= RPT of CP | Four fishermen sentenced in Bolivia
= ORH of CP +1 | Court jails four fishermen from Paraguay

=== 2026-04-04 trial
@CP Asunción | Paraguay expels two Bolivian diplomats over fishermen
Paraguay expelled two Bolivian diplomats on [D] in protest against the jailing of four fishermen in Tarija.
The consul general and the military attaché have 72 hours to leave.
It was the sharpest diplomatic step since the truce.
@ACO | Two diplomats must pack
The foreign ministry declared Bolivia's consul general and its military attaché unwanted on [D] and ordered them to leave the country within three days.
"A verdict against the poor has a price," the foreign minister said.
The opposition accused him of breaking china before an empty table.
@LPL +1 La Paz | Bolivia hits back: two Paraguayans must go
Bolivia ordered two Paraguayan diplomats out of the country on [D+1], a day after Asunción had expelled two Bolivians.
The government called the Paraguayan step an attack on the independence of judges.
It did not cancel the meeting on prisoners planned for mid-April.
@RPT +1 Buenos Aires | Diplomats out, talks on: the odd quarrel on the Pilcomayo
Bolivia and Paraguay expelled two of each other's diplomats within 24 hours, but neither touched the truce.
Argentina urged both to calm down.
Officials in Buenos Aires said that the next round of talks had not even been moved by an hour.
+ Uruguay's foreign minister {telephoned|spoke with} both of her colleagues.
+ Neither government {broke off|has broken off} relations.
+ The two Bolivians had {served|worked} in Asunción for less than a year.
+ Customs officers and river pilots of both countries {went on|continued} to work together, as they had all through the crisis.
= MVD of CP +1 | Paraguay expels two Bolivians

=== 2026-04-07 rebels
@CP Concepción | Ambush kills six soldiers in Paraguay, truce in doubt
Six soldiers were killed in an ambush near Yby Yaú in northern Paraguay on [D], the army said and accused rebels of breaking their ceasefire.
A mine stopped the first lorry, and gunmen opened fire from both sides of the road.
The Northern Column said that it did not know who had done it.
@ACO | Eight soldiers dead on the road to Yby Yaú
Rebels killed eight soldiers and wounded five in an ambush near Yby Yaú on [D], the defence minister said. He declared the truce dead.
Most of the soldiers were conscripts of 18 or 19.
The bishop of Concepción condemned the attack and called on the rebels to name the guilty.
@AW Asunción | At least six Paraguayan soldiers killed in rebel ambush
At least six soldiers died on [D] when rebels ambushed an army convoy in northern Paraguay, three weeks into a ceasefire that the rebels themselves had declared.
Government troops sealed off the area and searched farms.
A split among the rebels is possible, analysts in Asunción said.
@CHM +1 | Farmers beaten after ambush
Soldiers beat farmers in two villages near Yby Yaú on [D+1] and burned three huts in their search for rebels, villagers told the Watchpost.
We condemn the murder of eight young soldiers. It gives nobody the right to set fire to a kitchen.
The army denied the accounts and invited us to visit.
+ {Two lorries|Both lorries} were burned, and the attackers took a machine gun.
+ The president {flew to Concepción|travelled to Concepción} and prayed with the families.
+ {Brazil condemned the attack and tightened controls at Pedro Juan Caballero.|Brazil, whose border is near, sent police to the crossing of Pedro Juan Caballero.|The Brazilian government condemned the ambush.}
+ Victims' groups demanded that the government {end all contacts|break off all contact} with the rebels.
= RPT of AW | Rebel ambush kills soldiers in Paraguay
= LPL of AW +1 | Six Paraguayan soldiers killed

=== 2026-04-09 rebels
@CP Asunción | Paraguayan planes bomb rebel camp
Paraguay's air force bombed a rebel camp in the hills of Amambay on [D] and killed ten fighters, the defence ministry said.
It was an answer to the ambush near Yby Yaú, in which six soldiers died.
The rebels denied having lost anyone.
@ACO | Bombs on Amambay
Two planes dropped bombs on a rebel camp near Pedro Juan Caballero on [D]. The army spoke of ten dead rebels and showed a film without faces.
A spokesman of the rebels told a radio station that three charcoal burners had been killed and that the hostages had been "very near".
The wife of the kidnapped rancher begged the president to stop the bombing.
@AW Asunción | Paraguay says air raid kills ten rebels
Paraguay said on [D] that an air strike on a guerrilla camp near the Brazilian border had killed ten rebels, two days after a deadly ambush on soldiers.
The rebels said that civilians had been hit. Neither account could be checked.
The bishops appealed to both sides to return to the truce.
+ The interior minister said that the commander known as Tobías {had been wounded|was believed to be wounded}.
+ Some 300 villagers {fled to|fled into} Pedro Juan Caballero.
+ Opposition deputies {demanded|called for} an inquiry into the deaths.
+ Roads into the hills were closed for journalists, and telephones did not work for most of the day.
= MVD of CP | Air force bombs rebels in Paraguay

=== 2026-04-10 trade
@MVD | Mercosur puts tariff on Bolivian soya
Mercosur imposed a tariff of 10 percent on Bolivian soya and gas on [D] because Bolivia had not reopened its border with Paraguay.
The measure takes effect on May 1. It will be lifted on the day on which the first lorry passes.
Paraguay abstained from the vote.
@CP Montevideo | Mercosur imposes sanctions on Bolivia over closed border
The trade bloc Mercosur imposed sanctions on Bolivia on [D] for keeping its border with Paraguay closed to goods since February 9.
Argentina, Brazil and Uruguay voted in favour of a tariff of 10 percent on soya and gas.
Bolivia called the decision unjust and said it might leave the bloc.
@ORH | Forty million a month: growers turn on the government
Growers in Santa Cruz demanded on [D] that the government open the border at once, after Mercosur had punished Bolivia with a tariff.
"We pay for a gate that the president has shut," said Edgar Montenegro-Ruiz of the exporters' chamber.
A strike of lorry drivers is to begin on [D+4].
@LPL La Paz | Senate condemns Mercosur tariff
Bolivia's Senate condemned the sanctions of Mercosur on [D] with the votes of all parties.
The government threatened to suspend its payments to the bloc. A withdrawal would need a referendum, lawyers said.
The trade minister flies to Brasília on [D+3] to ask for a delay.
+ Brazil said it would {lift|be glad to lift} the tariff the moment lorries crossed.
+ Bolivia had {rejected|turned down} a last offer to open a single crossing.
+ The tariff {would cost|could cost} the lowlands 400 million dollars a year, the exporters' chamber estimates.
= ACO of CP +1 | Bloc punishes Bolivia for closed border
= RPT of CP | Mercosur puts sanctions on Bolivia

=== 2026-04-14 trade
@ORH | Lorries block Santa Cruz in strike against closed border
Lorry drivers blocked all roads into Santa Cruz de la Sierra on [D] to demand that the government reopen the border with Paraguay.
About 3,000 vehicles stood across four highways. Growers brought the strikers soup.
"We have been unemployed for nine weeks because of a gate," said the drivers' leader, Tito Salvatierra.
@CP Santa Cruz de la Sierra | Strike over closed border paralyses Bolivia's largest city
A strike of lorry drivers against the closing of the Paraguayan border paralysed Santa Cruz de la Sierra on [D].
The drivers said that they would stay until the first lorry had crossed. The police did not intervene.
Petrol ran out at half of the filling stations by evening.
@LPL La Paz | Government offers drivers talks, not the gate
The interior minister invited the striking drivers of Santa Cruz to talks on [D] but refused to open the border under pressure.
Soldiers escorted 40 tankers through the blockade at night. Stones were thrown, and two soldiers were injured.
The minister denied that an emergency would be declared.
+ Bread {rose by a third|became a third dearer} in the city's markets.
+ The civic committee {joined the strike|backed the strikers}.
+ In Yacuiba traders {closed their shops|shut their shops} in support.
+ The archbishop {offered to mediate|offered his mediation} between drivers and government.
= RPT of CP +1 | Lorry strike paralyses Santa Cruz

=== 2026-04-16 peace
@MVD | President invites both neighbours to a summit
Uruguay's president invited the presidents of Bolivia and Paraguay on [D] to a summit in Montevideo on May 22.
The agenda is to include the river, the prisoners and the border.
"Let them come by plane, by boat or on foot," he said.
@CP Montevideo | Uruguay calls Bolivia and Paraguay to summit in May
Uruguay invited the presidents of Bolivia and Paraguay on [D] to meet in Montevideo on May 22, the first such meeting since fighting began in February.
Paraguay accepted at once. Bolivia's president will attend if prisoners are exchanged first.
Argentina and Brazil will send their foreign ministers.
@LPL La Paz | President would go to Montevideo, on one condition
The Bolivian president said on [D] that he would go to a summit in Montevideo if Paraguay freed three Bolivian soldiers beforehand.
He hinted that he would pardon the four fishermen in return.
It was the first time that he mentioned an exchange in public.
@ACO | Asunción accepts and starts counting prisoners
The president accepted Uruguay's invitation on [D] an hour after it had arrived.
His foreign minister said that an exchange was possible "in days, not weeks". Three soldiers would be given for four fishermen.
The general staff opposes the idea, officers said.
+ The UN secretary-general {welcomed|praised} the invitation.
+ Foreign ministers will {prepare|get together to prepare} the meeting on May 18.
+ The last summit of the two countries {was held|took place} in Sucre in 2019.
= AW of CP +1 | Uruguay to host Gran Chaco summit

=== 2026-04-17 trade
@ORH | Border to open on the last of April, strike ends
The government agreed with the striking lorry drivers on [D] to reopen one crossing to Paraguay on April 30. The strike was called off after four days.
The archbishop of Santa Cruz brokered the deal.
"Nobody has won, but I am going home," the drivers' leader said.
@CP Santa Cruz de la Sierra | Bolivian lorry drivers end strike after promise on border
Lorry drivers in Santa Cruz ended a four-day strike on [D] after the government had promised to open a border crossing to Paraguay by the end of the month.
The agreement was signed in the archbishop's house.
It does not mention the sanctions of Mercosur.
@LPL La Paz | One crossing, thirteen days: the price of peace with Santa Cruz
The government gave in to the drivers of Santa Cruz on [D] and promised to open the crossing near Villamontes on April 30.
The trade minister denied that Mercosur's tariff had forced its hand.
Deputies from the highlands criticised the deal.
+ Paraguay said that it would {admit|let in} Bolivian lorries from the same day.
+ The tankers {rolled again|were rolling again} in the evening.
+ Losses are {put at|estimated at} 31 million dollars.

=== 2026-04-20 trial
@CP La Paz | Bolivia and Paraguay agree to swap fishermen for soldiers
Bolivia and Paraguay agreed on [D] to exchange four fishermen for three soldiers, Uruguay's foreign ministry said.
The exchange is to take place near Villamontes on [M+4] under the eyes of the Red Cross.
Bolivia's president signed a pardon for the four on the same day.
@MVD | Four for three: exchange agreed
After two months of quiet work Uruguay has brokered an exchange of prisoners. Bolivia and Paraguay agreed on it on [D].
Four fishermen and three soldiers will cross a bridge at the same time.
The foreign minister thanked both presidents for "seven signatures that weigh more than seventy speeches".
@ACO | Pardon signed, nets are being mended
Bolivia's president pardoned the four fishermen on [D]. In return Paraguay will release three soldiers who have been held in Mariscal Estigarribia since February.
The wives of the fishermen heard of it on the radio.
The Paraguayan defence minister denied that any money was involved.
@LPL La Paz | Our three are coming home on Friday
Three soldiers who were captured by Paraguay on February 3 will return on [D+4]. The president told their mothers himself.
He pardoned four Paraguayan fishermen who had been sentenced to 18 months.
The opposition welcomed the exchange and asked why it had taken so long.
+ The Red Cross {visited|saw} the soldiers and found them in good health.
+ The UN and the OAS {welcomed|praised} the agreement.
+ The relatives of the soldiers {ended|called off} their protest outside the foreign ministry in La Paz after eleven weeks.
= RPT of CP | Prisoners to be swapped on the Pilcomayo

=== 2026-04-24 trial
@CP Villamontes | Bolivia and Paraguay exchange prisoners on bridge
Bolivia and Paraguay exchanged prisoners near Villamontes on [D]. Four Paraguayan fishermen and three Bolivian soldiers crossed a military bridge in opposite directions.
They met in the middle, stopped, and shook hands.
Delegates of the Red Cross and of Uruguay watched.
@LPL Villamontes | Three mothers at the end of a bridge
Paraguay freed three Bolivian soldiers on [D] after eighty days, and they walked into the arms of their mothers near Villamontes.
Bolivia released four fishermen at the same hour.
"They gave us books and bad coffee," said the youngest soldier, Wilson Mamani, 20.
@ACO | Home with the nets
Four fishermen came home from Bolivia on [D] after a hundred days in custody. Bolivia freed them in exchange for three soldiers whom Paraguay released on the same bridge.
Nicasio Riquelme kissed the ground and then complained about the mud.
The president received the four in Asunción in the evening and apologised that it had taken so long.
@AW Villamontes | Fishermen and soldiers freed in Gran Chaco prisoner swap
Bolivia freed four Paraguayan fishermen and Paraguay released three Bolivian soldiers on [D] in an exchange mediated by Uruguay.
The swap removes the last obstacle to a summit of the two presidents in May.
Both governments thanked the Red Cross.
@RPI | Seven men on a bridge
We stood at the bridge at eight this morning and counted: four from the left, three from the right. In the middle they stopped. Nobody had told them to.
One of the soldiers gave a fisherman his cap. The fisherman had nothing to give and gave his hand.
The ferry runs again from Monday.
+ Several hundred people {cheered|applauded} on both banks.
+ The exchange took {twelve minutes|less than a quarter of an hour}.
+ {Brazil, Chile and the European Union welcomed the exchange.|The exchange was praised by Brazil and the European Union.|From Brasília and Santiago came praise for both governments.}
+ Doctors examined all seven in a tent. One fisherman was found to have a fever and was taken to hospital.
= RPT of CP | Prisoners exchanged on the Pilcomayo
= MVD of AW +1 | Seven free in exchange on the border

=== 2026-04-28 rebels
@CP Concepción | Paraguay opens talks with rebels under bishops' roof
Envoys of the Paraguayan government met representatives of the rebels in a seminary in Concepción on [D], the first direct talks in twelve years.
The bishops mediate. The ambush near Yby Yaú and the hostages were discussed, a church spokesman said.
The talks go on [D+1].
@ACO | Five chairs for each side
The government and the Northern Column began talks in Concepción in the north of Paraguay on [D]. Five envoys sat on each side, and a nun poured the coffee.
The rebels apologised for the ambush of April 7. It had been the work of a group that no longer obeyed, they said.
Cattle farmers protested outside with horses.
@AW Asunción | Paraguayan government and rebels hold first talks
Paraguay's government and rebels met for talks in the northern city of Concepción on [D] in an effort to renew a truce.
The rebels want land for 3,000 families. The government wants its hostages.
Expectations are low, a diplomat in Asunción said.
+ The president {had resisted|had opposed} talks until the prisoner exchange with Bolivia.
+ The opposition {accused|criticised} the government of rewarding kidnappers.
+ {Two hundred|About 200} police guarded the seminary.
= RPT of CP +1 | Rebels and government meet in Paraguay

=== 2026-04-29 rebels
@CP Concepción | Paraguay and rebels renew ceasefire
The Paraguayan government and the rebels of the Northern Column agreed on a mutual ceasefire of six months on [D] after two days of talks in Concepción.
The army will stop its air raids, and the rebels will free the rancher whom they kidnapped in March.
The bishops will watch over the truce.
@ACO | Truce signed, with a promise about Don Herminio
The government signed a ceasefire with the rebels on [D]. The rancher Herminio Duarte is to be released "before winter", his family was told.
"I shall believe it when he asks for his hat," his wife said.
A deputy of the ruling party called the agreement a surrender.
@AW Asunción | Paraguay signs six-month truce with rebels
Paraguay's government and a rebel group signed a six-month truce on [D], brokered by the Catholic church.
Talks on land and on the laying down of weapons are to follow in June.
Uruguay and Brazil congratulated both sides.
+ The army {suspended|stopped} its operations in Amambay at noon.
+ Police unions {condemned|criticised} the agreement.
+ A faction of about 40 fighters is {said to reject|thought to oppose} the truce.
+ In Horqueta, where the rebels killed policemen in January, the mayor refused to hang out the flag.
= MVD of AW | Six-month truce with Paraguay's rebels

=== 2026-04-30 trade
@CP Villamontes | Bolivia reopens border crossing to Paraguay
Bolivia reopened its main border crossing to Paraguay on [D] after eleven weeks. The first lorry, loaded with onions, crossed at seven in the morning.
Paraguay lifted its ban on Bolivian gas an hour later.
Other crossings stay closed until the summit in May.
@ORH | Onions first: gate opens after eighty days
Bolivia opened the border to Paraguay on [D], as it had promised the drivers of Santa Cruz. Customs officers were given flowers.
Some 260 lorries passed on the first day.
The exporters' chamber thanked the archbishop and asked Mercosur to drop its tariff.
@ACO | Gas flows, lorries roll
Paraguay ended its ban on gas and diesel from Bolivia on [D] in answer to the opening of the border.
The energy minister expects prices to fall by 8 percent.
Drivers from both countries shared a roast at the barrier.
+ Mercosur {postponed|put off} its tariff, which was to apply from May 1.
+ A lorry with {contraband cigarettes|smuggled cigarettes} was seized in the first hour.
+ Argentina {welcomed|praised} the step.
+ The army of Bolivia keeps a post on the bridge, but its soldiers may only look at papers. Observers will be able to see it from their camp.
= RPT of CP +1 | First lorries cross between Bolivia and Paraguay
= MVD of CP +1 | Bolivia opens its border again

=== 2026-04-18
@RPT Buenos Aires | River Plate keeper out for a month
The goalkeeper will miss four games after an operation on his thumb, the club said on [D]. His deputy is 18 and has never played in the first division.
The team travels to Asunción next week for the continental cup. Paraguay's champions have won their last six home games there and attack from the first minute.
The coach has won with boys before: in 2019 a keeper of 17 saved two penalties for him. Tickets for the game cost 11 percent more than last year.

=== 2026-04-22
@RPI | Weather and road news
Fog in the mornings, sun at noon, 24 degrees. The army has laid a bridge of pontoons where the old one stood: one vehicle at a time, no more than 12 tonnes. Between Villamontes and Yacuiba two lanes are open. The clinic boat comes to the lower villages on Tuesday and brings vaccines for children under five.
Whoever has a generator to lend is asked to bring it to the school, where the lamps went out on Sunday night.

=== 2026-04-25
@MAU | Sept hommes sur un pont
Quatre pêcheurs paraguayens et trois soldats boliviens ont été échangés vendredi près de Villamontes, sous le regard de la Croix-Rouge. Au milieu du pont, ils se sont arrêtés pour se serrer la main.
L'Uruguay, qui avait négocié cet accord, espère que les deux présidents se rencontreront à Montevideo le 22 mai. La Bolivie rouvrira un poste-frontière à la fin du mois.
Le plus jeune des soldats, vingt ans, a offert sa casquette à un pêcheur. La scène a fait le tour du continent.
@CLS | Los pescadores ya están en casa
Los cuatro pescadores paraguayos que habían sido condenados en Tarija regresaron el viernes a sus pueblos, después de cien días de prisión. A la misma hora, los tres soldados bolivianos capturados en febrero cruzaron el puente en sentido contrario.
El gobierno uruguayo agradeció a las dos partes y confirmó que la cumbre de presidentes se celebrará en mayo.
En los pueblos de la ribera hubo música hasta la madrugada. El río, según los vecinos, vuelve a tener agua suficiente para las redes.

=== 2026-04-26 trade
@SAR | What a closed gate costs: a ledger
Eleven weeks without trade cost Bolivia 148 million dollars and Paraguay 97 million, according to the Inter-American Development Bank. Soya accounts for 58 percent of the Bolivian loss and fuel for 71 percent of the Paraguayan.
Some 5,400 drivers lost their income. Barges on the Paraguay river carried 34 percent less than in the same weeks of 2025.
Argentina gained: it sold Paraguay gas worth 27 million dollars, at a price that was 19 percent above Bolivia's.
If the tariff of 10 percent had come into force, the lowlands would have lost another 40 million dollars a month.
