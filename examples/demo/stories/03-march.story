=== 2026-03-02 flood
@CP Villamontes | Flood on the Pilcomayo kills at least 19
At least 19 people drowned on [D] when the Pilcomayo left its bed after three days of rain in southern Bolivia and western Paraguay.
Bolivia's civil defence counted 14 dead in and around Villamontes. Five bodies were found on the Paraguayan side.
The water carried away a bridge, two schools and a kilometre of the railway to Yacuiba.
@LPL Villamontes | River that was too low is now in the bedrooms
The Pilcomayo, for whose water two governments have quarrelled since January, came by itself on [D]. Fifteen people drowned in Villamontes, and twenty are missing.
The president declared a state of emergency in the department of Tarija and sent soldiers with boats.
"We prayed for rain in January. Somebody up there has kept count," said Zulma Arce, who spent the night on a roof with four children.
@ACO | Paraguayan Gran Chaco under water, 23 dead on both banks
Twenty-three people have died in the flood on both banks of the Pilcomayo, the Paraguayan emergency secretary said on [D]. Eight of them lived in villages on our side.
Some 12,000 people were evacuated to Loma Plata and Colonia Neuland, many of them in army lorries.
Fields in which fish lay dead in January are lakes now.
@RPI | Stay on the roofs, the boats are coming
This is Radio Pilcomayo on batteries. The level at the bridge was 7 metres 30 when the bridge went. If you are on a roof, stay there and show a light.
The hospital in Villamontes takes only the gravely injured. Drinking water is given out at the barracks from six.
The road to Yacuiba is cut at four places. Soldiers ask that nobody drive.
@AW La Paz | Floods kill 21 in Bolivia and Paraguay, thousands flee
Floods in the valley of the Pilcomayo have killed at least 21 people in Bolivia and Paraguay and driven 30,000 from their homes, officials of both countries said on [D].
More rain is forecast until Thursday.
Bolivia appealed to the world for tents, pumps and medicine.
+ The sluice near Villamontes held, but its operators {opened all gates|had to open all five gates} at midnight.
+ The dead {include|are said to include} two soldiers who had tried to save a family.
+ A {meteorologist|forecaster} in Tarija said that as much rain had fallen in 72 hours as in an ordinary year.
+ The governor of Tarija was {in Miami|on holiday abroad} when the river rose, and came back a day later.
= RPT of CP | Nineteen dead as Pilcomayo leaves its bed
= ORH of CP +1 | At least 19 killed by flood in the south
= MVD of AW +1 | Floods kill 21 in the Gran Chaco

=== 2026-03-04 flood
@RPT Buenos Aires | Argentina flies blankets and pumps to both banks
Argentina sent two planes with tents, pumps and 20 tonnes of food to Villamontes in Bolivia and Loma Plata in Paraguay on [D].
Rescue workers from Salta had crossed the border with boats the night before and brought 140 people to dry land.
"We fly to both sides of the river. Mud has no passport," the Argentine foreign minister said.
@AW Brussels | EU gives 2 million euros to flood victims in Bolivia and Paraguay
The European Union provided 2 million euros on [D] to help victims of the floods in Bolivia and Paraguay.
Germany and Japan promised a further 3.5 million dollars for clean water.
The World Food Programme began to hand out rations for 18,000 people in Villamontes.
@CP La Paz | Bolivia thanks Argentina and Brazil as first aid lands
The first planes with aid for the flooded south of Bolivia landed in Yacuiba on [D]. Argentina and Brazil delivered food, medicine and six helicopters.
The defence minister thanked both and said that 9,000 people were still cut off.
Chile offered a field hospital, which Bolivia accepted. The two countries have had no full relations since 1978.
@CHM | Aid passes by the villages of the river people
No aid has reached eleven indigenous villages on the lower Pilcomayo, the Watchpost said on [D]. Helicopters fly over them every hour.
"They wave to us and we wave to them," an elder told us by radio.
We ask the governments of Paraguay and Bolivia to send boats where there is no airfield.
+ The death toll rose to {26|at least 26} on both banks, and 17 people are still missing.
+ UN agencies need {11 million dollars|about 11 million dollars} for the first three months.
+ Thieves {looted a store|stole flour from a store} in Villamontes at night, and soldiers arrested six men.
+ Cuba sent {twelve doctors|a team of doctors}, and Spain a plane with water filters.
= MVD of CP +1 | First planes with aid land in Bolivia

=== 2026-03-06 peace
@CP Villamontes | Bolivian and Paraguayan soldiers rescue villagers together
Bolivian and Paraguayan soldiers worked together on [D] for the first time since their clashes in February and rescued 64 villagers from an island in the flooded Pilcomayo.
Paraguay lent two helicopters, and Bolivia gave the fuel. A Paraguayan pilot flew a wounded Bolivian to Villamontes.
"He asked where I was from. I said: from the air," the pilot told reporters.
@ACO | Paraguay lends helicopters to the other side
Paraguay sent two army helicopters across the border on [D] to help Bolivia search for survivors of the flood.
The president said that the offer had no conditions. In Congress the opposition applauded, for once.
A week ago the same crews had been practising to carry ammunition.
@LPL La Paz | A helicopter from Asunción over Villamontes
The government accepted help from Paraguay on [D] and allowed two of its military helicopters into Bolivian air.
The foreign minister thanked his Paraguayan colleague by telephone, their first conversation since the truce.
Some deputies of the ruling party criticised the decision. "I would ask them to come and sit on this roof," said the mayor of Villamontes.
@MVD | What mud can do: armies of Bolivia and Paraguay share boats
Uruguay praised Bolivia and Paraguay on [D] for helping each other after the flood. The truce of Montevideo had found its best guarantors, the foreign minister said.
Both armies have agreed to stop all patrols on the river while people are being searched for.
She proposed to extend the ceasefire, which ends on March 25, by half a year.
+ Both countries {opened the crossing|opened a crossing} near General Eugenio A. Garay to ambulances and lorries with food.
+ Sixty-four people, {nineteen of them children|among them 19 children}, had spent four days on a strip of land without drinking water.
+ A Paraguayan helicopter {was damaged|was slightly damaged} on landing. Nobody was hurt.
+ The two {presidents spoke|presidents talked} by telephone for ten minutes, the first time this year.
= RPT of CP | Enemies of February share boats and helicopters

=== 2026-03-09 peace
@RPT Buenos Aires | Bolivia and Paraguay prolong truce by six months
Bolivia and Paraguay agreed in Buenos Aires on [D] to extend their ceasefire by six months, until September 25.
The foreign ministers met for four hours in the presence of their colleagues from Argentina and Uruguay. They embraced at the end.
Prisoners and fishermen were discussed without result.
@AW Buenos Aires | Gran Chaco truce extended until September
Bolivia and Paraguay extended a truce in their border conflict on [D] at talks in Buenos Aires and said they would rebuild a bridge together.
"The river has shown us who is the stronger party," Bolivia's foreign minister said.
A joint commission on floods is to be set up in April.
@LPL Buenos Aires | Truce until spring, but no word on our three soldiers
Bolivia did not obtain the release of its three soldiers at the talks in Buenos Aires on [D], although the truce with Paraguay was prolonged to September.
Relatives of the soldiers protested outside the foreign ministry in La Paz with three empty chairs.
Paraguay insists that the seven fishermen in Tarija be freed first.
@ACO +1 | Half a year more, and a bridge
The government welcomed the extension of the ceasefire on [D+1]. The foreign minister rejected an exchange of "seven men with nets for three men with rifles", but did not rule it out for good.
Brazil and the European Union praised the agreement.
Work on the bridge will start as soon as the water falls.
+ Argentina will pay for {half of the bridge|half of the work}, its foreign minister said.
+ Both sides {promised|pledged} to clear the mines that each accuses the other of having laid.
+ Mercosur {called off|withdrew} its threat of sanctions against Paraguay but kept it against Bolivia as long as the border is closed to trade.
= MVD of RPT +1 | Truce prolonged at talks in Buenos Aires

=== 2026-03-11 flood
@CP Tarija | Police fire tear gas at flood victims in Tarija
Police in Tarija fired tear gas on [D] to disperse about 2,000 people who had marched to the governor's office to protest against slow aid.
Thirty people were arrested, and eleven were treated for injuries, the health service said.
The crowd had pelted the building with mud brought in buckets.
@LPL Tarija | Mud on the governor's door
Some 4,000 victims of the flood demonstrated in Tarija on [D] and demanded that the governor resign. He had been abroad when the Pilcomayo rose.
Officers used tear gas and rubber bullets. A girl of nine lost two teeth.
"We have received one mattress for three families, and it was wet," said Félix Cardozo, a bricklayer.
@ORH | Protest over flood aid ends in tear gas
A protest over flood aid in Tarija ended in clashes between police and demonstrators on [D]. Both sides accused each other of having started.
The civic committee called a general strike in the department for [D+2].
The national government sent its ombudswoman to Tarija. She criticised the police.
@CHM | Tear gas against people who have lost everything
Police beat and gassed people in Tarija on [D] who had come to ask for blankets, the Watchpost said. We counted 41 injured.
We demand that the 34 people who were arrested be released and that the order to fire be investigated.
Four journalists were hit with batons.
+ The governor {refused to resign|rejected calls for his resignation} and blamed outsiders for the violence.
+ {All but two|Most} of those who had been arrested were back home by the next morning.
+ In Villamontes, too, several hundred people {blocked the road|blockaded the road} to Yacuiba.
+ The president {promised|pledged} that every family would have a roof by winter.
= RPT of CP +1 | Tear gas against flood victims in Bolivia

=== 2026-03-13 vote
@CP Tarija | Governor of Bolivia's Tarija resigns over flood
The governor of Tarija in southern Bolivia resigned on [D] after protests over his handling of the flood in which 29 people have died.
"I was not where I should have been," he said in a short statement.
The electoral court called an early vote for March 29.
@LPL Tarija | He goes, and the strike becomes a party
Car horns greeted the resignation of Tarija's governor on [D], on the morning of a general strike that had closed every shop in the city.
The strike was called off at noon. By then the governor had left by a back door.
Prosecutors opened an investigation into money for dykes that were never built.
@ORH | Tarija to elect new governor in 16 days
Tarija will elect a new governor on March 29, the electoral court said on [D], hours after the old one had stepped down.
Two candidates are expected to run: the opposition senator Lidia Baldivieso and Hugo Zenteno of the ruling party.
Both promised to rebuild the dykes. On the sluice they are silent.
+ His deputy, who {will run the department|takes over} until the vote, promised to open the accounts.
+ The opposition {welcomed the resignation|praised the resignation as overdue}.
+ A vote within 16 days is {allowed by law|legal} but has never been tried, lawyers said.
+ Some 3,400 families are still in tents.
= RPT of CP | Governor resigns over flood in Bolivia

=== 2026-03-16 rebels
@CP Concepción | Paraguayan rebels kidnap rancher and two farmhands
Rebels kidnapped a rancher and two of his workers near Yby Yaú in northern Paraguay on [D], police said.
About ten armed men stopped their lorry, set it on fire and took the three into the forest.
The Northern Column demanded half a million dollars in a message to a radio station.
@ACO | Rancher of 68 abducted on his way to church
Gunmen abducted the rancher Herminio Duarte, 68, and two farmhands near Yby Yaú on [D]. His wife, who was in the second car, was left behind with a leaflet.
In it the rebels demand money and beef for 50 villages.
The government ruled out any payment. "We do not buy people," the interior minister said.
@AW Asunción | Three abducted by rebels in northern Paraguay
Paraguayan rebels abducted three men, one of them a wealthy cattle farmer, in the north of the country on [D].
Hundreds of soldiers searched the hills of Amambay with dogs and helicopters.
It is the first kidnapping by the group in two years.
@RPT +1 Asunción | Army combs Paraguay's north for hostages
The Paraguayan army searched farms around Yby Yaú on [D+1] for three men whom rebels had seized a day earlier. Two suspects were killed in a gunfight.
The rebels said that the dead were charcoal burners and no fighters of theirs.
Brazil closed a stretch of its border to prevent the kidnappers from slipping across.
+ One farmhand was {freed|let go} after five hours because he had a fever. The other, 22, is still held.
+ The bishop of Concepción {offered himself|offered to go} as a hostage in exchange for the two men.
+ Cattle farmers {threatened|announced} that they would form armed patrols of their own.
+ {Police denied reports that a ransom was being negotiated.|A police spokesman rejected reports of talks on a ransom.|There are no talks on money, police insisted.}
= LPL of AW | Rebels abduct three in Paraguay

=== 2026-03-19 rebels
@AW Asunción | Paraguay's rebels declare truce at bishops' request
Paraguay's rebels announced a ceasefire of 40 days on [D] in answer to an appeal by the country's Catholic bishops.
The Northern Column will not attack soldiers or police until the end of April, it said in a letter that was read in church.
The government said that it would judge the rebels by their deeds.
@ACO | Letter from the forest: no shots until the end of April
The bishop of Concepción read a letter of the rebels from the pulpit on [D]. In it they declare a unilateral truce and ask for talks on land.
About the kidnapped rancher the letter says only that he is "well and reads".
The president met the bishop in the evening. They discussed how talks could begin.
@CP Asunción | Paraguayan rebels announce ceasefire and ask for talks
Rebels in northern Paraguay declared a ceasefire on [D] and called on the government to negotiate.
The interior minister rejected talks as long as hostages were held. The president did not.
The army suspended its bombing of forest camps but left its roadblocks in place.
+ The bishops {offered|proposed} a seminary in Concepción as a place to meet.
+ Relatives of the hostages {welcomed the letter|were relieved by the letter} and thanked the church.
+ Victims of the attack in Horqueta {held a vigil|demonstrated} against any talks.
+ An earlier truce, in 2021, {lasted eleven days|was broken after eleven days}.
= MVD of CP +1 | Rebels in Paraguay announce ceasefire

=== 2026-03-20 border
@AW Geneva | UN rights office wants inquiry into Gran Chaco shelling
The United Nations human rights office called on Bolivia on [D] to investigate the shelling of February 13, in which at least 13 people were killed in Paraguay.
It also criticised Paraguay for having quartered soldiers in a school.
Both armies may have broken the laws of war, a spokeswoman said in Geneva.
@LPL +1 La Paz | Bolivia agrees to UN inquiry into shelling
Bolivia agreed on [D+1] to let United Nations experts investigate the shelling of a hamlet near the border in February.
The army would open its records, the defence minister said. He repeated that the battery had aimed at a gun position.
An officer was relieved of his command last week.
@ACO | Asunción will admit UN experts
Paraguay welcomed the call for an inquiry on [D] and invited experts of the United Nations to visit the graves.
The foreign minister rejected the criticism over the school. It had been empty for the holidays, he said.
Survivors contradict him. "My daughter's exercise book was on the table," said Ermelinda Soria.
+ The experts are {expected to arrive|due} in May.
+ The Watchpost {supplied|handed over} a list with 14 names.
+ The Bolivian ombudswoman {supported|backed} the inquiry.
+ More than 50 houses were hit, according to pictures taken from the air, and three wells cannot be used any more.
= CP of AW | UN rights office urges inquiry into border shelling

=== 2026-03-24 trial
@CP Tarija | Trial of seven Paraguayan fishermen opens in Bolivia
Seven Paraguayan fishermen went on trial in Tarija on [D], accused of fishing in Bolivian waters without a licence.
All of them pleaded not guilty. The judge rejected a request for their release on bail.
Paraguay's consul attended, and about 30 relatives had come by bus.
@LPL Tarija | Seven in the dock and no map that both accept
The trial of the Paraguayan fishermen began in Tarija on [D] with a quarrel about maps. The prosecution showed one from 1938, the defence one drawn after the flood.
The river has moved 900 metres since their arrest, an expert testified.
Prosecutors demanded three years in prison for each of them.
@ACO | "We fished where our fathers fished"
"We fished where our fathers fished," Nicasio Riquelme told a court in Tarija on [D] when the trial of seven Paraguayan fishermen opened.
His lawyer accused the navy of having moved the buoys. A marine denied it under oath.
In Asunción about 400 people held a vigil with lanterns outside the Bolivian embassy.
@CHM +1 | Observers at the trial in Tarija
The Watchpost has sent two observers to the trial in Tarija. On the first day the interpreter for Guaraní was missing, and the hearing was interrupted for three hours.
We ask the court to respect the right of the accused to understand what they are accused of.
The prisoners have told us that they are treated correctly.
+ A verdict is {expected|planned} for [M+9].
+ Paraguay's foreign minister {called the trial a farce|called the trial political}. The court declined to comment.
+ Uruguay's ambassador {visited|met} the prisoners the day before.
+ Two of the seven {fell ill|were taken ill} with dengue in prison in February.
= RPT of CP +1 | Fishermen on trial in Tarija

=== 2026-03-26 water
@AW The Hague | Paraguay takes Bolivia to World Court over river
Paraguay filed a case against Bolivia at the International Court of Justice in The Hague on [D], accusing it of diverting the Pilcomayo.
Paraguay asks the judges to order that all gates of the sluice near Villamontes stay open until they rule.
Such cases usually take years.
@ACO | To The Hague with 1,100 pages
Paraguay sued Bolivia in The Hague on [D]. The complaint has 1,100 pages and 61 maps.
"We have left the battlefield for the courtroom, and we shall not go back," the foreign minister told Congress.
Opposition deputies criticised the cost of 6 million dollars.
@LPL La Paz | Government calls lawsuit in The Hague a hostile act
Bolivia condemned Paraguay's lawsuit at the International Court of Justice on [D] as an unfriendly act in the middle of a truce.
The foreign minister said that Bolivia would defend itself but would not leave the talks.
Bolivia lost a case in The Hague against Chile in 2018.
@MVD | Mediator regrets lawsuit but sees room for talks
Uruguay's foreign minister regretted Paraguay's move to The Hague on [D]. It did not make her work easier, she said, but a court was better than a cannon.
Uruguay itself was sued there twenty years ago over a paper mill, and won most of the case.
If the two governments reach agreement, Paraguay could withdraw its complaint at any time.
+ A first hearing {could be held|may be held} in June.
+ Argentina said it would {follow the case|watch the case} but not join it.
+ Growers in Santa Cruz {demanded|urged} that the government ignore the court.
+ The complaint cites the agreement of 1995 and {letters from four Bolivian governments|the letters of four Bolivian ministers}.
= CP of AW | Paraguay sues Bolivia over Pilcomayo

=== 2026-03-29 vote
@CP Tarija | Opposition candidate wins vote in Bolivia's Tarija
The opposition senator Lidia Baldivieso won the election for governor of Tarija on [D] with 53 percent of the vote, the electoral court said.
Hugo Zenteno of the ruling party had 44 percent. Turnout was 71 percent.
She promised to negotiate with Paraguay "as neighbours do, over the fence".
@LPL Tarija | Baldivieso ahead, Zenteno speaks of fraud
Lidia Baldivieso was declared the winner of Tarija's election on [D]. Her rival Hugo Zenteno did not concede and accused the electoral court of fraud.
The court rejected the accusation. Observers of the OAS saw "delays, but no manipulation".
In Villamontes people voted in tents, and ballot boxes came by boat.
@ORH | A vote against the mud
Voters in Tarija punished the ruling party for its handling of the flood on [D] and elected a woman governor for the first time.
Baldivieso won in nine of eleven districts. In Yacuiba she had 68 percent.
The president congratulated her in the evening.
@RPI | We voted in rubber boots
The polling station in our street was a tent without sides, and the clerk wrote with a pencil because the ink had got wet. We voted all the same.
Our reporters saw quiet queues in Villamontes and one fist fight in Yacuiba, which two policemen ended.
The results are read out at ten, and again at midnight.
+ Turnout was {highest|higher than elsewhere} in the flooded districts.
+ The ruling party's national leader {urged|asked} Zenteno to accept the result.
+ Baldivieso {takes office|will take office} on May 4.
+ She {opposes|rejects} a general opening of the gates but supports a joint commission with Paraguay.
= AW of CP | Opposition wins governorship in southern Bolivia

=== 2026-03-31 vote
@CP Tarija | One dead in clash over election in Tarija
A man was killed in Tarija on [D] when supporters of the defeated candidate clashed with police outside the electoral court.
Police said that the man, 34, had been hit by a stone. Witnesses said that officers had shot him.
Twenty-two people were injured and 57 arrested.
@LPL Tarija | Death on the steps of the court
A supporter of Hugo Zenteno was shot dead on [D] when a crowd of about 1,500 tried to storm the electoral court in Tarija. The police denied having used live ammunition.
Zenteno called on his followers to go home. "No office is worth a life," he said, and conceded defeat.
The interior minister ordered an inquiry.
@ORH +1 | Zenteno concedes after death of a follower
Hugo Zenteno accepted his defeat in the election in Tarija on [D+1], a day after one of his followers had died in a riot.
Baldivieso visited the dead man's family and cancelled her victory rally.
The civic committee called for three days of silence.
@CHM +1 | Who shot Ariel Condori?
Ariel Condori, 34, died of a bullet in the chest, the hospital in Tarija told the Watchpost on [D+1]. The police still speak of a stone.
We call on prosecutors to seize the weapons of the unit that stood on the steps.
Seven of those arrested are under age.
+ Rioters {set fire to|burned} two police cars and smashed the windows of a bank.
+ The electoral court {suspended|interrupted} its work for a day.
+ {Sixty officers|About sixty officers} from Sucre were sent to Tarija at night.
= RPT of CP +1 | One killed in riot over Bolivian vote

=== 2026-03-08
@ORH | Blooming beat The Strongest in a game without mercy
Blooming beat The Strongest 2-1 in the Tahuichi stadium on [D] in front of 14,000 spectators. The visitors bombarded the goal for half an hour and hit the bar three times.
The referee sent off two defenders who had fought over a throw-in. The winning goal came in the last minute.
Takings from the match, 210,000 bolivianos, go to the victims of the flood.
It was the first game in the stadium since the peace march of February. A minute of silence was kept for the dead, and for once nobody whistled.
@RPI | Weather: the rain is over, the mud is not
Dry and cooler from today, 27 degrees, wind from the south. The river has fallen by two metres since Friday and stands at 4 metres 90. Drivers should expect mud as deep as an axle between kilometre 20 and kilometre 44. Children and old people should not wade: there are snakes.
The water cart comes to the upper town at nine and to the lower town at eleven. Boil everything.

=== 2026-03-05
@CLS | La crecida del Pilcomayo deja decenas de muertos y miles de evacuados
La crecida del río Pilcomayo causó la muerte de al menos veintiséis personas en Bolivia y Paraguay, según informaron las autoridades de los dos países. Más de treinta mil vecinos tuvieron que abandonar sus casas, y muchos de ellos pasan la noche en escuelas y cuarteles.
Argentina y Brasil enviaron aviones con alimentos y medicinas. La Unión Europea anunció una ayuda de dos millones de euros.
Los servicios meteorológicos esperan más lluvias hasta el jueves. El puente principal quedó destruido por la corriente.

=== 2026-03-27
@MAU | Le Paraguay saisit la Cour de La Haye
Le Paraguay a déposé jeudi une plainte contre la Bolivie devant la Cour internationale de justice. Il demande aux juges d'ordonner l'ouverture des vannes de Villamontes en attendant un arrêt sur le fond.
La Bolivie a dénoncé un geste inamical mais n'entend pas quitter les pourparlers. La médiation uruguayenne se poursuit, et la trêve est respectée depuis la crue du début du mois.
La procédure pourrait durer plusieurs années, estiment les juristes, mais les deux gouvernements pourraient y mettre fin à tout moment.

=== 2026-03-28 flood
@SAR | The flood in figures
Four weeks after the flood the figures are in. It killed 31 people, 22 in Bolivia and nine in Paraguay, and injured 340. About 34,000 were displaced, of whom 11,500 still live in tents.
The water destroyed 2,900 houses, 41 schools and 88 kilometres of road. The World Bank estimates the damage at 230 million dollars, or 0.4 percent of Bolivia's output.
Donors have promised 19.4 million dollars and paid 7.1 million. The United Nations had asked for 24 million.
Soya is the exception: because the fields were wet for the first time in two years, the harvest is expected to rise by 6 percent.
