using System.Net;

namespace Gengdu.Identity.Protocol.Clients;

/// <summary>Which addresses a client may have.</summary>
internal static class ClientAddresses
{
    private const int Longest = 400;

    /// <summary>
    /// Where a browser may be sent: written exactly as the browser will write it, without wildcard, fragment or user name.
    /// Plain http on this machine only; in a system that runs on plain http itself, also inside its network.
    /// </summary>
    public static bool IsSafeForBrowsers(string address, bool https) =>
        IsPlain(address, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && (uri.IsLoopback || (!https && IsInside(uri)))));

    /// <summary>Where identity itself calls: https, or a name or number inside the network.</summary>
    public static bool IsSafeToCall(string address) =>
        IsPlain(address, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsInside(uri)));

    private static bool IsPlain(string address, out Uri uri) =>
        Uri.TryCreate(address, UriKind.Absolute, out uri!) && address.Length <= Longest && uri.Fragment.Length == 0 && !address.Contains('#', StringComparison.Ordinal) && uri.UserInfo.Length == 0
        && uri.Host.Length > 0 && !address.AsSpan().ContainsAny("*\\ ") && !address.Any(char.IsControl) && IsWrittenAsSent(address, uri);

    // "https://a.test/x/../y" would be registered and never match; what never matches invites someone to loosen the comparison.
    private static bool IsWrittenAsSent(string address, Uri uri) =>
        uri.AbsoluteUri == address || uri.AbsoluteUri == address + "/";

    private static bool IsInside(Uri uri) =>
        uri.IsLoopback || !uri.Host.Contains('.', StringComparison.Ordinal) || uri.Host.EndsWith(".internal", StringComparison.Ordinal) || uri.Host.EndsWith(".cluster.local", StringComparison.Ordinal)
        || (uri.HostNameType == UriHostNameType.IPv4 && IsPrivate(IPAddress.Parse(uri.Host)));

    private static bool IsPrivate(IPAddress address) => address.GetAddressBytes() is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..];
}
