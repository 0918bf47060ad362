namespace Gengdu.Gateway.Sessions;

/// <summary>
/// Where to go after sign-in: a path of ours, or the front page. Browsers read "/\" and "//" as another host, and write
/// everything beyond ASCII with percent signs: what does not is no address of theirs and cannot stand in a header.
/// </summary>
internal static class ReturnUrl
{
    public static string Of(string? asked) => IsOurs(asked) ? asked! : "/";

    public static bool IsOurs(string? url) =>
        url is { Length: > 0 and <= 1000 } && url[0] == '/' && (url.Length == 1 || url[1] is not ('/' or '\\')) && url.All(c => c is > ' ' and <= '~' and not '\\');
}
