using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>Ids of access tokens: random, with the code they descend from, so that a replayed code can take them along.</summary>
internal static class TokenIds
{
    public static string New(Guid? family) => $"{Name(family ?? Guid.Empty)}.{WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16))}";

    /// <summary>The part before the dot.</summary>
    public static string Name(Guid family) => family.ToString("n");

    /// <summary>Guid.Empty for a machine's token, which descends from no code.</summary>
    public static Guid? FamilyOf(string? id) => Guid.TryParseExact(id?.Split('.')[0], "n", out var family) ? family : null;

    /// <summary>at_hash of OpenID Connect Core 3.1.3.6: the left half of the hash.</summary>
    public static string HashFor(string token) => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, 16));
}
