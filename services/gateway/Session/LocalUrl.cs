namespace Gengdu.Gateway.Session;

/// <summary>Where to go after signing in: a path of this site, whatever somebody put into the link.</summary>
internal static class LocalUrl
{
    public static string Or(string? url, string otherwise) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && url.Length <= 2000 && !url.Contains('\\', StringComparison.Ordinal) && url.All(c => !char.IsControl(c)) ? url : otherwise;
}
