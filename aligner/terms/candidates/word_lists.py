"""Facts about the words of Chinese terms: which name things, and which never do.

Tables that we collected by hand, in simplified characters. They say what a dictionary's
part of speech leaves open: it calls 建设, 服务 and 监管 verbs that may be nouns, and 核算,
支持 and 组合 nouns or verbs as it happens.
"""

from __future__ import annotations

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Say nothing by themselves; their translation changes with every sentence.
GENERIC: Final = _words("""
建设 发展 推进 工作 服务 项目 企业 水平 能力 情况 方面 问题 活动 管理 措施 方式 条件 内容 领域
作用 影响 结果 过程 方法 目标 目的 任务 要求 需求 需要 意见 建议 方案 计划 办法 规定 制度 机制
体系 系统 平台 资源 因素 环境 关系 基础 部门 单位 机构 组织 人员 人士 地区 城市 国家 社会 经济
政府 市场 行业 产业 产品 技术 信息 资料 数据 文件 报告 研究 分析 调查 评估 合作 交流 支持 保障
安排 调整 变化 增长 改善 提升 进展 成果 成效 效果 优势 挑战 机会 机遇 风险 压力 潜力 重点 重要性
可能性 必要性 时间 时候 期间 阶段 地方 地点 范围 程度 规模 数量 比例 部分 方向 趋势 形势 状况
状态 现象 原因 理由 原则 标准 模式 手段 渠道 途径 力度 质量 效率 价值 意义 特点 特征 性质 类型
种类 程序 步骤 环节 事项 事件 案例 情形 责任 义务 权利 利益 投资 运作 使用 应用 参与 设立 实施
执行 改革 创新 设施 设备 工具 材料 资金 费用 成本 收入 价格 金额 业务 工程 行动 战略 政策
政策措施 法律 法规 条例 办公室 负责人 参与者 使用者 委员会 办事处 实验室 分析员 主任 主席 总裁
人们 人类 大家 我们 他们 公众 市民 群众 居民 用户 客户 先生 女士 记者 作者 专家 病人 患者 世界
全球
""")

# Name nothing even behind another word: 发展水平, 建设情况.
EMPTY: Final = _words("""
建设 发展 推进 工作 水平 能力 情况 方面 问题 作用 影响 结果 过程 目的 需要 因素 关系 支持 增长
改善 提升 进展 成效 效果 优势 挑战 潜力 重点 重要性 可能性 必要性 时间 时候 期间 阶段 地方 程度
部分 方向 趋势 形势 状况 现象 原因 理由 力度 意义 特点 环节 事项 情形 使用 参与 设立 实施 执行
推动 推广 落实 改变 增加 减少 影响力 建议 人们 大家 表现 步伐 势头 信心 心态 气氛 前景 走势 跌幅
升幅 幅度
""")

# Verbs that take an object or a clause, and are no name of an act.
PLAIN_VERBS: Final = _words("""
要求 包括 进行 可能 提供 支持 增加 继续 作为 出现 推出 维持 加强 需要 发现 导致 宣布 保持 实施
截至 关闭 负责 减少 没有 存在 是否 推动 透过 具有 开始 确保 认为 超过 例如 用于 受到 引起 举办
获得 采取 反映 带来 参与 公布 显示 确定 接受 采用 进入 制定 来自 估计 避免 成为 打击 筹集 表明
建立 了解 作出 涉及 提高 承担 发生 旨在 取得 发出 录得 持有 决定 发表 报道 面对 放缓 造成 批准
涵盖 鼓励 达到 完成 成立 取消 协助 举行 表示 下跌 降低 考虑 适用 扩大 结合 设立 能够 称为 探讨
形成 帮助 增进 符合 开展 上调 下调 讨论 处于 应当 疑似 确认 还有 类似 选择 关注 不能 配合 引发
高于 低于 不会 准备 提出 新增 降至 升至 增至 得到 应该 暴露 履行 吸引 发放 用作 扩展 回顾 带动
接近 已知 采纳 适合 相应 相比 加剧 改善 防止 适应 受惠 面临 组成 略为 具备 位于 抑制 获取 足够
允许 遵守 巩固 包含 偏离 相似 分享 实现 提交 收缩 遏制 构成 签订 呼吁 承受 收紧 感到 禁止 希望
改变 拥有 发挥 回软 增强 恢复 回落 患有 做出 加入 颁布 厘定 提取 尚无 截止 引入 留意 列出 注意
承诺 纳入 实行 抵御 直至 收到 共有 参加 妥善 检视 逆转 减慢 下列 展开 相反 到访 强化 得出 加上
说明 描述 排除 做好 创建 表达 撤回 无需 试行 相信 怀疑 推行 加快 完善 打造 落实 深化 健全 优化
抓好 强调 坚持 聚焦 围绕 印发 贯彻 依托 牵头 引导 培育 构建 布局 壮大 拓展 充分 营造 畅通 约谈
督办 听取 报送 支撑 突破 遇到 列入 予以 给予 从事 违反 骗取 责令 查阅 询问 收取 索取 泄露 伪造
推销 签署 编制 指出 提到 率先 依照 有助 有关 应付 预计 影响 启动 尝试 涉嫌 促使 令人 致力 密切
力争 展望 探索 明确 体现 认识 知道 看到 听到 觉得 以为 变成 属于 等于 关于 基于 鉴于 根据 按照
通过 经过 随着 利用 运用 造福 惠及 起步 起草 加装 改建 新建 配备 具体 加大 加以 加紧 加深 赋予
授予 获准 获批 发起 发动 引进 引领 带领 领先 争取 完毕 结束 终止 停止 暂停 延续 延迟 延至 遭受
遭遇 承认 否认 允诺 同意 反对 赞成 批评 指责 感谢 欢迎 祝贺 邀请 要有 不得 必须 务必 切实 认真
努力 抓紧 统筹 力求 谋求 显得 看来 说来 起来 下来 出来 过来 上去 下去 出去 过去 进来 回来 来到
走到 坐到 站在 躺在 坐在
""")

# Plain verbs that names of bodies and funds have in the middle: 投资促进中心.
IN_BODIES: Final = _words("促进 推进 推广 保障 提升 援助 预防 应对 使用 购买")

# Called nouns by the dictionary and used as verbs before an object. Two words may be a
# name with one at the head (研究机构), more are not.
VERBAL: Final = _words("""
建设 发展 推进 改革 管理 研究 投资 支付 创新 调整 改造 生产 经营 销售 保护 控制
""")

# Of these, what is a verb unless the text shows otherwise.
MOSTLY_VERBS: Final = _words("建设 发展 推进 保护 控制 改造")

# Names of acts and trades that the dictionary calls verbs: a term may end in them.
ACTS: Final = _words("""
判断 扩张 流出 流入 限制 分行 诊所 署长 访客 附注 用户 会员 认可 外聘 指定 保证 拆息 防卫 调控
感染 组合 支付 审计 治疗 确诊 死亡 发行 组织 隔离 控制 创新 开发 处置 兑换 洗钱 结算 收入 修订
流行 分布 会计 沟通 指引 发热 呼吸 虚拟 发病 采集 操作 免疫 披露 回报 诊断 举措 出行 加息 减息
协调 复制 识别 配置 授权 防护 缓解 衍生 知识 申请 审核 缓冲 感冒 腹泻 谅解 统计 偿还 追踪 支出
损伤 挂钩 注册 登记 备案 负担 妊娠 验证 认证 托管 做法 倒闭 转移 共享 示范 干预 见习 联动 增长
下降 上升 需求 保护 保险 赔偿 补偿 补贴 补助 奖励 处罚 罚款 制裁 诉讼 仲裁 调解 审判 裁决 判决
起诉 辩护 改造 加注 采购 招标 投标 竞标 外包 租赁 融资 贷款 抵押 担保 质押 转型 升级 转化 孵化
攻关 立项 验收 评审 评议 考评 竞争 竞赛 排放 减排 减阻 发电 供电 供水 供应 充电 换电 储能 节能
运输 航行 通航 航运 物流 配送 装卸 理货 维护 保养 维修 检修 监护 护理 照护 照料 托育 康复 接种
预防 暴发 爆发 传播 扩散 聚集 接触 咳嗽 打喷嚏 呕吐 过敏 中毒 修复 治理 整治 防治 回收 预警 预报
测绘 勘察 疏浚 整改 搜救 休克 衰竭 窘迫 炎症 突变 变异 进化 重组 复苏 呼叫 报警 救助 救援 急救
避难 疏散 就业 创业 失业 退休 养老 助老 扶贫 教育 培训 实习 考试 学习 阅读 写作 翻译 出版 发布
播放 直播 通信 通讯 计算 编程 编码 加密 存储 备份 搜索 检索 查询 浏览 访问 登录 交互 渲染 部署
集成 合并 收购 并购 上市 退市 交割 清算 定价 估值 计价 减值 摊销 折旧 计量 列帐 回购 赎回 认购
申报 纳税 退税 补税 出口 进口 通关 检疫 加工 制造 组装 包装 焊接 铸造 锻造 勘探 开采 冶炼 种植
养殖 捕捞 灌溉 施肥 收割 育种 放牧 立法 执法 司法 普法 守法 违法 犯罪 贪污 受贿 选举 投票 表决
任命 任免 罢免 弹劾 自治 统一 独立 和解 停火 裁军
""")

# A person's name beside one of these is whole without it.
BESIDE_PERSONS: Final = _words("""
先生 女士 小姐 教授 博士 同志 医生 老师 记者 总裁 主席 总统 总理 首相 局长 部长 市长 省长 县长
区长 司长 处长 科长 院长 校长 所长 厅长 主任 书记 经理 总经理 董事长 秘书长 船长 队长
""")

# Never part of a name, whatever the dictionary calls them.
NEVER_NAMED: Final = _words("""
对联 辖下 日益 普遍 整体 总体 共同 特别 专门 大力 及时 有效 高度 一方面 大量 少量 部分 全部 多数
少数 极大 较大 远高于 有助于 相关联 身体力行 低水平 高水平 实际上 原则上 事实上 基本上 总的来说
首先 其次 最后 同时 此外 目前 如今 当前 今后 以往 近期 近年 近年来 年内 年初 年底 年末 上年 同比
环比 左右 以及 之后 之前 之一 之间 为主 为本 有所
""")

# The word before a run that opens with a verb tells what the verb is: after these it
# belongs to a name (该认可机构), after the others it is a verb (应佩戴口罩).
NAME_FOLLOWS: Final = _words("""
的 之 该 本 各 这些 那些 每个 所有 任何 由 按 关于 作为 成为 一个 多个
""")
VERB_FOLLOWS: Final = _words("""
应 可 将 能 要 会 经 不 已 以 来 并 需 须 可以 应当 应该 必须 建议 请 不得 可能 能够 已经 正在
未 没有 没 还 也 都 是否 无需 不能 不会 旨在 鼓励 允许 避免 防止 确保 要求 帮助 协助 有助 促使
令 让 使 再 就 才 仍 曾 继续 开始 努力 积极 加快 不断 进一步 共同 一起 尽量 尽快 及时 严格 全面
负责 用于 有助于 如何
""")

# Adjectives that class a thing rather than praise it, and those that may end a term.
CLASSING: Final = _words("""
紧急 清洁 健康 审慎 固定 平衡 简易 基建 私募 安全 虚假 平均 平等 新 公开 公共 稳定 独立 智能
低碳 危险 严重 慢性 干燥 复杂 便利 高级 先进 特殊 普通 一般 直接 正面 正式 有限 落实
""")
NAMING: Final = _words("稳定 健康 便利 平等 平衡 基建 窘迫 安全 短缺 不足 困难 危险")
# Attributives that class nothing.
NO_ATTRIBUTE: Final = _words("""
主要 所有 上述 现有 合共 额外 整个 所用 载有 同期 崭新 首要 总共 总 所在 同一 同一个 所谓 大小
既定 惟 所列 恢复正常 单个 单一 大大 等级 一切 个别 相关 有关 各级 各类
""")

# Adverbs, times, pronouns, numbers and phrases by the dictionary; in a term they are an
# attribute at its head, or its head noun.
FIRST_TOO: Final = _words("""
长期 短期 互动 日常 同步 实时 轻度 中度 重度 异常 潜在 早期 中期 晚期 后期 现代 当代 日间 夜间
全日 内部 外部 外围 外来 本地 本土 自我 多边 双边 第三方 大宗 无症状 临床 自动 随机 定期 综合
特定 多元 新型 独立 重点 年度 季度 首席 老旧 中小 既往 周期 个人 第一 立法 自然 外聘 基本 全面
中间 本港 港元 美元 欧元 日元 英镑 澳元 港币 公开 一次性 全球 全国 全省 全民 跨 沿海 沿江 沿边
沿线
""")
LAST_TOO: Final = _words("""
周期 日期 假期 学期 潜伏期 恢复期 更新 立法 预后 进度 进步 临床表现 日常生活 数据共享 信息共享
资源共享 密切接触 网络攻击 心力衰竭 尸体解剖 出入口 自动化 无障碍 口岸 窗口 许可 年代 互动
里程碑 湿地 同期群 关节炎
""")
# Of the former, what is never the head noun.
NO_HEAD: Final = _words("基本 全面 定期 自动 综合 第一 中小 特定")

# Single characters that are words of a term. The dictionary gives each the tag of the
# commonest of several words.
FIRST_CHARACTERS: Final = frozenset(
    "非新适总市区县省镇乡村州国碳水电气油煤海河港船茶药酒纸布糖盐米棉钢铁铜金银血肺心脑肾肝胃眼皮骨核股"
    "债税网云光声热能风雨雪冰土矿林农渔牧军警法刑民商党团校院"
)
LAST_CHARACTERS: Final = frozenset(
    "区县市省镇乡村州局站率业性厅部院所司法权额量值价费税金款券股币卡网库港湾桥路线车船机器仪表图书"
    "证单师员者人家层级型化度力学界城园馆场厂店队组团社党派军营校系科室处署委办户口岸岛洲国族语文字"
    "词剂肽症病炎癌瘤热痛疹毒菌虫药苗针酸碱盐醇酯酶素质体液气油煤水电光波磁能核弹枪炮舰艇塔楼宫殿寺"
    "庙墓碑河江湖海洋山岭峰谷林田地矿井坝渠渡带圈群链环盘板管杆轴轮齿钉锁钥灯泵阀箱柜袋瓶罐杯碗衣帽"
    "鞋袜布纸笔墨画歌曲舞剧诗报刊奖赛节日月年期代史观论说律则式令状案件株流行"
)
HAN_SUFFIXES: Final = frozenset("化性者率业型式制度权额量费员师")  # close up to the word before
LEADERS: Final = frozenset("可非大反超多无副总准亚次半")  # open words that dictionaries alone know
HAN_PREFIXES: Final = frozenset("非不无未反可准副亚超跨次半")  # close up to the word after

# An unknown word that opens or closes with one of these, or has one inside, was cut wrongly.
OPENS_BADLY: Final = frozenset(
    "的了着在是和与及或以由向经对将从为被把于按据至现等各该此其这那而并也都又再就才应须已未不有会能"
    "可要令让使给跟比当每某另一二三四五六七八九十两几多更最很较越日月年请"
)
CLOSES_BADLY: Final = frozenset(
    "的了着在是和与及或以由向对将从为被把于至等而并也都又就才应须已未不有会能可要令让使给跟比内时后"
    "前上下中里亦起止间到过"
)
CUT_WRONGLY: Final = re.compile("[的了和或与及是在不被把]")

JOINS_INSIDE: Final = _words("及 和 与 暨 · 之")  # of names: 证券及期货条例

# Ends of names of plans, places, bodies and arrangements.
NAMING_ENDS: Final = (
    *"区局法院署部厅所会站港城网券债",
    *_words("""
制度 战略 工程 机制 体系 行动 中心 平台 基金 方案 计划 规划 纲要 条例 规范 标准 指数 协议 公约
委员会 协会 联盟 集团 公司 银行 交易所 示范区 先导区 试验区 开发区 大学 学院 管理局 办公室 小组
系统 项目 设施 装置 比率 指引 守则 框架 准则 票据 证券 病毒 疫苗 综合征 疾病 试验 蛋白
    """),
)
