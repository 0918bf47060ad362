using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Assignments;

internal static class AssignmentProblems
{
    public static readonly Problem RoleMisfit = new("IDN-0020", 422,
        new("角色与机构层级不符", "The role does not fit the organisation"),
        new("请选择适合该机构层级的角色：县级审核员用于县，市级督导用于市，省级负责人用于省。", "Choose a role of that level: county reviewers at counties, city supervisors at cities, province owners at the province."));

    public static readonly Problem UnknownPerson = new("IDN-0021", 422,
        new("没有此人", "There is no such person"),
        new("请核对人员编号后重试。", "Check the person's id and try again."));

    public static readonly Problem AlreadyGiven = new("IDN-0022", 409,
        new("该角色已经分配", "The role is already given"),
        new("此人在该机构已有同样的角色，无需重复分配。", "This person already has that role at that organisation."));

    public static readonly Problem OwnRights = new("IDN-0023", 403,
        new("不能给自己分配角色", "Nobody gives roles to themselves"),
        new("请由另一位管理员分配。", "Ask another administrator to do it."));

    public static readonly Problem LastAdministrator = new("IDN-0024", 409,
        new("不能移除省级最后一位同类管理员", "The last administrator of its kind stays at the province"),
        new("系统、安全、审计管理员在省级各须保留一位，请先任命另一位。", "The province keeps one system, one security and one audit administrator: appoint another one first."));

    public static readonly Problem PeriodReversed = new("IDN-0025", 422,
        new("有效期不正确", "The period is not possible"),
        new("终止日期不能早于起始日期。", "The last day cannot lie before the first."));

    public static readonly Problem NotYoursToGive = new("IDN-0026", 403,
        new("您不能授予此角色", "This role is not yours to give"),
        new("系统管理员授予业务角色和系统管理员；安全管理员、审计管理员只授予同类角色。", "System administrators give working roles and system administrators; security and audit administrators give only their own kind."));

    public static readonly Problem NotTogether = new("IDN-0027", 409,
        new("两个角色不能由同一人兼任", "One person cannot have both roles"),
        new("系统、安全、审计管理员须由不同的人担任，审计管理员不得兼任业务角色。", "System, security and audit administrators are different people, and an auditor has no working role."));

    public static readonly Problem NotYoursToTake = new("IDN-0028", 403,
        new("您不能收回此角色", "This role is not yours to take away"),
        new("请由授予此类角色的管理员或安全管理员办理。", "Ask an administrator who gives this role, or a security administrator."));

    public static readonly Problem AlreadyEnded = new("IDN-0029", 409,
        new("该任职已经结束", "The role has already ended"),
        new("可能另一位管理员刚刚处理过，请刷新后查看。", "Another administrator may just have done it; refresh and look."));

    public static readonly Problem LastDayIsPast = new("IDN-0030", 422,
        new("最后一天已经过去", "The last day is over"),
        new("请填写今天或以后的日期；如需立即结束，请直接收回。", "Give today or a later day; to end it at once, take the role away."));

    public static readonly Problem DelegationStays = new("IDN-0031", 409,
        new("代理不能延长", "A delegation cannot be made longer"),
        new("请在到期后由本人重新委托，或先收回再委托。", "Let its holder delegate anew when it is over, or withdraw it first."));

    public static readonly Problem NotDelegable = new("IDN-0032", 422,
        new("该任职不能委托", "This role cannot be delegated"),
        new("只有审核人、县级审核、市级督导和省级负责人本人的任职可以委托，代理来的任职不能再委托。", "Approvers, county reviewers, city supervisors and province owners delegate a role of their own; what was delegated cannot be delegated on."));

    public static readonly Problem NoColleague = new("IDN-0033", 422,
        new("请选择本单位的同事", "Choose a colleague of the same organisation"),
        new("代理人须已在同一机构任职（代理来的任职不算），且不是委托人本人。", "A deputy already has a role of their own at the same organisation and is not the one who delegates."));

    public static Problem DelegationTooLong(DateOnly latest) => new("IDN-0034", 422,
        new("代理期限不正确", "The delegation's last day is not possible"),
        new($"代理最长 92 天，且不晚于原任职的最后一天：请选择今天至 {latest:yyyy-MM-dd}。", $"At most 92 days, and not beyond the original role: choose a day from today to {latest:yyyy-MM-dd}."));

    public static readonly FieldError ReasonTooLong = new("reason", "length", new("原因最多 200 字", "A reason has at most 200 characters"));
}
