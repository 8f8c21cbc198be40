/**
 * Provinces and cities of China as people and systems write them: public administrative data (GB/T
 * 2260-2007 codes, ISO 3166-2:CN letters, prefectures of 2024). Names stand without 省, 市 and so on.
 */
export type Province = {
  /** First two digits of every code in it. */
  code: string;
  /** Two letters of ISO 3166-2. */
  letters: string;
  name: string;
  english: string;
  /** Prefectures; of a municipality its districts are not listed. */
  cities: readonly string[];
};

function province(
  code: string,
  letters: string,
  name: string,
  english: string,
  cities = '',
): Province {
  return { code, letters, name, english, cities: cities.split(' ').filter((one) => one !== '') };
}

export const provinces: readonly Province[] = [
  province('11', 'BJ', '北京', 'Beijing'),
  province('12', 'TJ', '天津', 'Tianjin'),
  province(
    '13',
    'HE',
    '河北',
    'Hebei',
    '石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水',
  ),
  province('14', 'SX', '山西', 'Shanxi', '太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁'),
  province(
    '15',
    'NM',
    '内蒙古',
    'Inner Mongolia',
    '呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安盟 锡林郭勒 阿拉善',
  ),
  province(
    '21',
    'LN',
    '辽宁',
    'Liaoning',
    '沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛',
  ),
  province('22', 'JL', '吉林', 'Jilin', '长春 四平 辽源 通化 白山 松原 白城 延边'),
  province(
    '23',
    'HL',
    '黑龙江',
    'Heilongjiang',
    '哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭',
  ),
  province('31', 'SH', '上海', 'Shanghai'),
  province(
    '32',
    'JS',
    '江苏',
    'Jiangsu',
    '南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁',
  ),
  province(
    '33',
    'ZJ',
    '浙江',
    'Zhejiang',
    '杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水',
  ),
  province(
    '34',
    'AH',
    '安徽',
    'Anhui',
    '合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城',
  ),
  province('35', 'FJ', '福建', 'Fujian', '福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德'),
  province(
    '36',
    'JX',
    '江西',
    'Jiangxi',
    '南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶',
  ),
  province(
    '37',
    'SD',
    '山东',
    'Shandong',
    '济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽',
  ),
  province(
    '41',
    'HA',
    '河南',
    'Henan',
    '郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 ' +
      '驻马店 济源',
  ),
  province(
    '42',
    'HB',
    '湖北',
    'Hubei',
    '武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江 天门 神农架',
  ),
  province(
    '43',
    'HN',
    '湖南',
    'Hunan',
    '长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西',
  ),
  province(
    '44',
    'GD',
    '广东',
    'Guangdong',
    '广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 ' +
      '中山 潮州 揭阳 云浮',
  ),
  province(
    '45',
    'GX',
    '广西',
    'Guangxi',
    '南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左',
  ),
  province('46', 'HI', '海南', 'Hainan', '海口 三亚 三沙 儋州'),
  province('50', 'CQ', '重庆', 'Chongqing'),
  province(
    '51',
    'SC',
    '四川',
    'Sichuan',
    '成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 ' +
      '资阳 阿坝 甘孜 凉山',
  ),
  province('52', 'GZ', '贵州', 'Guizhou', '贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南'),
  province(
    '53',
    'YN',
    '云南',
    'Yunnan',
    '昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆',
  ),
  province('54', 'XZ', '西藏', 'Tibet', '拉萨 日喀则 昌都 林芝 山南 那曲 阿里'),
  province('61', 'SN', '陕西', 'Shaanxi', '西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛'),
  province(
    '62',
    'GS',
    '甘肃',
    'Gansu',
    '兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南',
  ),
  province('63', 'QH', '青海', 'Qinghai', '西宁 海东 海北 黄南 海南藏族 果洛 玉树 海西'),
  province('64', 'NX', '宁夏', 'Ningxia', '银川 石嘴山 吴忠 固原 中卫'),
  province(
    '65',
    'XJ',
    '新疆',
    'Xinjiang',
    '乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 喀什 和田 伊犁 塔城 ' +
      '阿勒泰 石河子',
  ),
  province('71', 'TW', '台湾', 'Taiwan', '台北 新北 桃园 台中 台南 高雄'),
  province('81', 'HK', '香港', 'Hong Kong'),
  province('82', 'MO', '澳门', 'Macao'),
];

/** Areas that agencies name, as the codes of their provinces; usual division of the mainland. */
export const areas: Readonly<Record<string, readonly string[]>> = {
  华北: ['11', '12', '13', '14', '15'],
  东北: ['21', '22', '23'],
  华东: ['31', '32', '33', '34', '35', '36', '37'],
  华中: ['41', '42', '43'],
  华南: ['44', '45', '46'],
  西南: ['50', '51', '52', '53', '54'],
  西北: ['61', '62', '63', '64', '65'],
  京津冀: ['11', '12', '13'],
  长三角: ['31', '32', '33', '34'],
  珠三角: ['44'],
  川渝: ['50', '51'],
};

/** What means the whole mainland. */
export const wholeCountry: readonly string[] = [
  '全国',
  '中国',
  '中国大陆',
  '大陆',
  'cn',
  'china',
  'mainland china',
];
