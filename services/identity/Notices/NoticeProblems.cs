using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Notices;

internal static class NoticeProblems
{
    public static readonly Text EmailShape = new("请填写一个电子邮箱地址，如 name@school.edu.cn", "Enter one e-mail address, such as name@school.edu.cn");

    public static readonly Text PhoneShape = new("请填写 11 位手机号，或以 + 开头的国际号码", "Enter a mobile number of 11 digits, or an international one that begins with +");

    public static readonly Text LanguageOption = new("语言为 zh 或 en", "The language is zh or en");

    public static readonly Text MailOption = new("邮件频率为 daily、hourly、at-once 或 off", "The rhythm of mails is daily, hourly, at-once or off");

    public static readonly Text HourRange = new("时刻为 0 至 23 点", "An hour is from 0 to 23");

    public static readonly Problem NoSuchWay = new("IDN-0121", 409,
        new("本系统没有启用这种通知方式", "This installation does not have that way"),
        new("邮件或短信尚未配置。请联系省级管理员。", "Mail or messages are not set up here. Ask the province's administrator."));

    public static readonly Problem NothingToProve = new("IDN-0122", 409,
        new("没有需要验证的联系方式", "There is no address to be proved"),
        new("请先保存邮箱或手机号；已验证的不必再验证。", "Save the address or number first; one that was proved need not be proved again."));

    public static readonly Problem CodeTooSoon = new("IDN-0123", 409,
        new("验证码刚刚发送", "A code was sent just now"),
        new("请查收，一分钟后可再次发送。", "Look for it first; another one can be sent after a minute."));

    public static readonly Problem TooManyCodes = new("IDN-0124", 409,
        new("今天发送的验证码太多", "Too many codes were sent today"),
        new("请核对地址是否正确，明天再试。", "See whether the address is right, and try again tomorrow."));

    public static readonly Problem CodeWrong = new("IDN-0125", 422,
        new("验证码不正确", "That is not the code"),
        new("请核对六位数字。连续输错五次后须重新发送。", "See whether the six digits are right. After five wrong ones another code has to be sent."))
    { Errors = [new("code", "pattern", new("与发送的验证码不一致", "Not the one that was sent"))] };

    public static readonly Problem CodeOver = new("IDN-0126", 409,
        new("验证码已失效", "The code is not valid any more"),
        new("验证码 15 分钟内有效，用过、输错五次或换了地址都会失效。请重新发送。", "A code is valid for 15 minutes; used, mistyped five times or meant for another address, it is not. Send another one."));

    /// <summary>It was sent, or somebody else has just set it going again.</summary>
    public static readonly Problem NotGivenUp = new("IDN-0120", 409,
        new("此通知不在未送达列表中", "It is not among those given up"),
        new("它已经送达或正在重试。请刷新列表。", "It was delivered or is being tried again. Refresh the list."));
}
