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
        new("不能移除最后一位省级管理员", "The last administrator of the province stays"),
        new("请先任命另一位省级管理员。", "Appoint another administrator of the province first."));

    public static readonly Problem PeriodReversed = new("IDN-0025", 422,
        new("有效期不正确", "The period is not possible"),
        new("终止日期不能早于起始日期。", "The last day cannot lie before the first."));
}
