using Gengdu.Identity.Protocol.Clients;

namespace Gengdu.Identity.Protocol.Authorization;

/// <summary>What a client may ask to know about a person. Rights are never a scope: they are looked up.</summary>
internal static class Scopes
{
    public const string OpenId = "openid";
    public const string Profile = "profile";
    public const string OfflineAccess = "offline_access";
    public static readonly IReadOnlyList<string> All = [OpenId, Profile, OfflineAccess];

    /// <summary>The client's own among those asked for, once each; unknown ones are ignored, as OpenID Connect says.</summary>
    public static string Granted(string? asked, Client client) => string.Join(' ', All.Intersect((asked ?? "").Split(' ')).Intersect(client.Scopes));

    public static bool Has(string scope, string wanted) => scope.Split(' ').Contains(wanted);

    /// <summary>Fit to name what a machine may do.</summary>
    public static bool IsWellFormed(string scope) => scope.Length is > 0 and <= 60 && scope.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.' or ':');
}
