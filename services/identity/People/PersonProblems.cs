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

    public static readonly Problem OwnAccount = new("IDN-0012", 403,
        new("不能对自己执行此操作", "Not on your own account"),
        new("自己的帐号请在“帐号与安全”页面处理，其他事项请由另一位管理员办理。", "Use the account page for your own account, or ask another administrator."));

    public static readonly Problem NotWhollyYours = new("IDN-0013", 403,
        new("此人还在您管辖范围之外任职", "This person also works outside your area"),
        new("请由管辖其全部单位的上级管理员办理。", "Ask an administrator whose area covers all of this person's organisations."));

    public static readonly Problem IsDisabled = new("IDN-0014", 409,
        new("此帐号已停用", "This account is disabled"),
        new("请先启用帐号，再发放邀请码或重置码。", "Enable the account first, then hand out a code."));

    public static readonly Problem OtherKind = new("IDN-0015", 403,
        new("此人是安全管理员或审计管理员", "This person is a security or audit administrator"),
        new("其帐号由安全管理员管理，请联系安全管理员。", "Security administrators look after such accounts; ask one."));

    public static readonly Problem NoTransfer = new("IDN-0016", 422,
        new("没有可调动的内容", "There is nothing to transfer"),
        new("请选择另一个机构，并至少保留一个角色。", "Choose another organisation and at least one role."));

    public static readonly Problem NotDisabled = new("IDN-0100", 409,
        new("请先停用此帐号", "Disable the account first"),
        new("只有已停用的帐号才能注销并删除个人信息；注销后不能恢复。", "Only a disabled account can be erased, and it cannot be brought back."));

    public static readonly Problem Erased = new("IDN-0101", 409,
        new("此帐号已注销", "This account was erased"),
        new("个人信息已删除，不能再启用。请为其新建帐号。", "Its personal details are gone and it cannot be enabled again. Create a new account."));

    public static readonly Text ErasureReason = new("原因为 request（本人申请）、left（离职）或 mistake（误建）", "The reason is request, left or mistake");

    public static readonly Text NotYoursToGive = new("您不能授予此角色", "This role is not yours to give");

    public static readonly Text NotTogether = new("系统、安全、审计管理员不能由同一人兼任，审计管理员不得兼任业务角色", "System, security and audit administrators are different people, and an auditor has no working role");

    public static readonly Text UserNameShape = new("登录名为 3–64 位字母、数字或 . _ - @，以字母或数字开头", "A user name has 3–64 letters, digits or . _ - @, and begins with a letter or digit");

    public static readonly Text UserNameUsed = new("登录名已被占用", "The user name is taken");

    public static readonly Text DisplayNameLength = new("姓名为 1–64 个字", "A display name has 1–64 characters");

    public static readonly Text PasswordLength = new("密码至少 10 位，最多 128 位", "A password has at least 10 and at most 128 characters");

    public static readonly Text PasswordIsName = new("密码不能只是登录名加几个字符", "A password is more than the user name and a few characters");

    public static readonly Text PasswordCommon = new("这个密码太常见，很容易被猜到", "This password is too common and easily guessed");

    public static readonly Text NoAssignment = new("至少分配一个角色", "At least one role is needed");

    public static readonly Text UnknownPlace = new("机构代码不存在，或不在您的管辖范围内", "The organisation code does not exist or is outside your area");

    public static readonly Text RoleMisfit = new("角色不存在，或与该机构的层级不符", "The role does not exist or does not fit the organisation's level");

    public static readonly Text SameTwice = new("同一角色在同一机构只需分配一次", "The same role at the same organisation is needed only once");
}
