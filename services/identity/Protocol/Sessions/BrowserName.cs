namespace Gengdu.Identity.Protocol.Sessions;

/// <summary>"Edge · Windows" out of what a browser says about itself; enough to recognise one's own.</summary>
internal static class BrowserName
{
    // In this order: most of them also name the ones after them.
    private static readonly (string Mark, string Name)[] Browsers =
        [("MicroMessenger", "微信 WeChat"), ("DingTalk", "钉钉 DingTalk"), ("QQBrowser", "QQ"), ("Edg", "Edge"), ("OPR", "Opera"), ("HuaweiBrowser", "Huawei"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("HarmonyOS", "HarmonyOS"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string Of(string userAgent, string unknown)
    {
        string?[] parts = [Find(Browsers, userAgent), Find(Systems, userAgent)];
        return parts.All(part => part is null) ? unknown : string.Join(" · ", parts.Where(part => part is not null));
    }

    private static string? Find((string Mark, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(pair => userAgent.Contains(pair.Mark, StringComparison.Ordinal)).Name;
}
