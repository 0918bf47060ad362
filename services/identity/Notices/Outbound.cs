using System.Net;
using System.Net.Sockets;

namespace Gengdu.Identity.Notices;

/// <summary>
/// Where notices may be posted: addresses from the configuration alone, https, never by redirect, and never to what lies inside
/// (loopback, private, link-local, metadata services) unless said so. The address that is connected to is the one that was
/// looked at: a name cannot resolve to something else in between.
/// </summary>
internal static class Outbound
{
    public const string HttpClientName = "notices";
    public const string HttpClientWithinName = "notices-within";

    public static bool MayCall(string address, bool allowPrivate) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (allowPrivate && uri.Scheme == Uri.UriSchemeHttp))
        && (allowPrivate || !IPAddress.TryParse(uri.Host.Trim('[', ']'), out var literal) || IsPublic(literal));

    public static SocketsHttpHandler Handler(bool allowPrivate) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, allowPrivate, cancellationToken),
    };

    /// <summary>An address of the wide world.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        var bytes = address.GetAddressBytes();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => bytes switch
            {
                [0 or 10 or 127, ..] or [100, >= 64 and < 128, ..] or [169, 254, ..] or [172, >= 16 and < 32, ..] or [192, 168, ..] => false,
                [192, 0, 0 or 2, _] or [192, 88, 99, _] or [198, 18 or 19, ..] or [198, 51, 100, _] or [203, 0, 113, _] or [>= 224, ..] => false,
                _ => true,
            },
            // Global unicast alone, without documentation, 6to4, Teredo and NAT64, which may hide an address of the inside.
            AddressFamily.InterNetworkV6 => (bytes[0] & 0xE0) == 0x20 && bytes is not [0x20, 0x02, ..] and not [0x20, 0x01, 0x00 or 0x01, ..] and not [0x20, 0x01, 0x0D, 0xB8, ..],
            _ => false,
        };
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowPrivate, CancellationToken cancellationToken)
    {
        var found = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        if (Array.Find(found, address => !allowPrivate && !IsPublic(address)) is not null || found.Length == 0)
        {
            throw new HttpRequestException($"{target.Host} leads to an address of the inside, or to none");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
