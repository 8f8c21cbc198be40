/** Words in names of persons, Latin letters without accents; 2026-11-22. */
export const titles = `mr mrs ms miss dr prof professor sir dame lord lady president praesident
prasident
presidente prime minister general gen colonel col major captain capt lieutenant lt sheikh shaikh
shaykh sheik cheikh sayyid sayed seyed hajji haji hajj mullah mullah mawlawi maulavi mawlana maulana
ayatollah imam emir amir prince princess king queen rev reverend father hon honorable herr frau
monsieur madame mme mlle senor senora don dona ing dipl eng engineer jr sr ii iii iv phd md
gospodin marshal admiral brigadier commander qari qadi ustad alhaj alhaji hojatoleslam his her
excellency`;

/** They come and go between spellings of one name. */
export const particles = `al el ul ol ad an ar as at az ash ud ur us bin ben ibn bint bnt van
von der
den de del della di da do dos das du la le las los y e ter ten zu zum zur af av st abu abou umm`;

/** Given names that stand for each other: short and pet forms, languages' own forms. */
export const givenNames = `
alexander alexandre alejandro aleksandr oleksandr alessandro sasha sacha alex iskandar
alexandra aleksandra sandra
andrew andrei andrey andreas andrzej andrii andre andy drew
anthony antonio anton antoine tony
arthur artur
barack barry
benjamin ben benny bibi benji
catherine katherine katerina ekaterina yekaterina kate cathy kathy katya kateryna
charles carlos karl carl charlie chuck
christopher chris christophe
daniel dan danny daniil danilo
david dave davit dawud daoud
deborah debbie
dmitry dmitri dmytro dimitri dima
edward ed eddie eduard eduardo ted ned
elizabeth liz beth betty elisabeth lisa elizaveta
francis francisco francesco frank francois paco pancho
frederick fred freddy federico
gregory greg grigory grigori
george georg georges jorge giorgi georgy yuri yury yurii jiri
helen elena olena yelena helena
henry heinrich henri harry enrique
ignatius ignacio nacho
james jim jimmy jaime jacques jakob jacob yakov iago santiago diego
jerome jeronimo
john johann johannes juan ivan jean ian jan ioan giovanni sean hans jack johnny yahya
joseph jose josef yusuf yousef youssef iosif giuseppe joe pepe yusef
joshua josh
kenneth ken kenny
lawrence laurence lorenzo larry
leo lev leon leonid
louis luis luigi lewis ludwig
luke lucas luka
margaret margarita maggie peggy
mary maria marie mariya maryam
matthew matt mateo matteo matvei
michael mike mikhail miguel michel mykhailo misha mick mikael
natalia natalya natasha
nathaniel nathan nate
nicholas nicolas nikolai nikolay mykola nick nico kolya
patrick pat paddy
paul pablo pavel pavlo paolo pol
peter pedro pierre petr petro pyotr piotr pietro pete boutros
philip felipe philippe phil filipp
raphael rafael
richard rick ricardo dick rich
robert rob roberto bob bobby bert
ronald ron ronnie
samuel sam sammy
sergei sergey sergio serhii serge sergej
stephen steven stefan esteban etienne stepan steve istvan
susan sue suzanne
theodore ted theo fyodor fedor teodor
thomas tom tomas tommy foma
timothy tim timofey
vladimir volodymyr vova wladimir uladzimir
victor viktor
vincent vicente vince
walter walt
william will bill guillermo wilhelm guillaume billy liam
yevgeny evgeny eugene evgeniy yevgeniy yevhen evgenii
zachary zach
muhammad mohammed mohamed mohammad muhammed mohamad muhamad mehmet mohamet mahomet
ahmad ahmed ahmet
hussein hussain husayn hossein husain hosein huseyin
hassan hasan
ibrahim abraham ebrahim
ismail ishmael esmail
mahmoud mahmud mehmud
mustafa mostafa moustafa
omar umar omer
osama usama oussama
othman uthman osman
sulaiman suleiman soleiman suleyman solomon
tariq tarek tareq
walid waleed
musa moussa mousa moses
isa issa eisa jesus
`;

export const compoundSurnames = `欧阳 司马 上官 诸葛 司徒 东方 独孤 南宫 万俟 闻人 夏侯 尉迟 公孙 慕容
仲孙 长孙 宇文 轩辕 令狐 钟离 闾丘 皇甫 申屠 公冶 澹台 淳于 端木 呼延 太史 赫连 拓跋 完颜 西门 百里`;
