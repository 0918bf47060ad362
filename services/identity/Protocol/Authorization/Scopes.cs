namespace Gengdu.Identity.Protocol.Authorization;

/// <summary>What a client may ask to know. Rights are never a scope: they are looked up.</summary>
internal static class Scopes
{
    public const string OpenId = "openid";
    public const string Profile = "profile";
    public const string OfflineAccess = "offline_access";
    public static readonly IReadOnlyList<string> All = [OpenId, Profile, OfflineAccess];

    /// <summary>The known ones among those asked for, once each; unknown ones are ignored, as OpenID Connect says.</summary>
    public static string Granted(string? asked) => string.Join(' ', All.Intersect((asked ?? "").Split(' ')));

    public static bool Has(string scope, string wanted) => scope.Split(' ').Contains(wanted);
}
