using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.People;

internal static class PersonProblems
{
    public static Problem BrokenBatch(IReadOnlyList<FieldError> errors) => new("IDN-0010", 422,
        new("批次中有误，未建立任何帐号", "The batch has faults; no account was created"),
        new($"共 {errors.Count} 处错误，请按序号修改后重新提交。", $"{errors.Count} fault(s); correct them by index and send the batch again."))
    { Errors = errors };

    public static readonly Problem UserNameTaken = new("IDN-0011", 409,
        new("登录名已被占用", "The user name is taken"),
        new("另一请求刚刚建立了同名帐号，未建立任何帐号。请重新提交以查看是哪一个。", "Another request has just created an account of that name; nothing was created. Send the batch again to see which one."));

    public static readonly Text UserNameShape = new("登录名为 3–64 位字母、数字或 . _ - @，以字母或数字开头", "A user name has 3–64 letters, digits or . _ - @, and begins with a letter or digit");

    public static readonly Text UserNameUsed = new("登录名已被占用", "The user name is taken");

    public static readonly Text DisplayNameLength = new("姓名为 1–64 个字", "A display name has 1–64 characters");

    public static readonly Text PasswordLength = new("密码为 8–128 位，且不能与登录名相同", "A password has 8–128 characters and differs from the user name");

    public static readonly Text NoAssignment = new("至少分配一个角色", "At least one role is needed");

    public static readonly Text UnknownPlace = new("机构代码不存在，或不在您的管辖范围内", "The organisation code does not exist or is outside your area");

    public static readonly Text RoleMisfit = new("角色不存在，或与该机构的层级不符", "The role does not exist or does not fit the organisation's level");

    public static readonly Text SameTwice = new("同一角色在同一机构只需分配一次", "The same role at the same organisation is needed only once");
}
