using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Protocol.Sessions;

/// <summary>What the account page says after an act.</summary>
internal static class AccountTexts
{
    public static readonly Text Expired = new("页面停留时间过长，请再试一次。", "This page was open for too long. Please try again.");

    public static readonly Text WrongPassword = new("当前密码不正确；多次失败后请等待五分钟。", "The present password is not right; after several failed tries, wait five minutes.");

    public static readonly Text Busy = new("当前人数较多，请几秒后再试。", "Many people are signing in just now. Please try again in a few seconds.");

    public static readonly Text NotTheSame = new("两次输入的新密码不一致。", "The two new passwords are not the same.");

    public static readonly Text SameAsBefore = new("新密码不能与当前密码相同。", "The new password must differ from the present one.");

    public static readonly Text FactorNeeded = new("您的角色必须使用两步验证，不能移除；可以换一部手机重新设置。", "Your role needs the second step, so it cannot be removed; you can set it up anew on another phone.");

    private static readonly Dictionary<string, Text> ByName = new()
    {
        ["password"] = new("密码已修改，其他浏览器上的登录均已退出。", "Your password is changed; all other browsers were signed out."),
        ["removed"] = new("两步验证已移除。", "The second step is removed."),
        ["session"] = new("该浏览器已退出登录。", "That browser was signed out."),
        ["sessions"] = new("其他浏览器均已退出登录。", "All other browsers were signed out."),
    };

    /// <summary>For "done" in the address: one of our own texts, or nothing.</summary>
    public static Text? Done(string name) => ByName.GetValueOrDefault(name);
}
