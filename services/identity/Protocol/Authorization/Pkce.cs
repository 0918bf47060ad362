using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Gengdu.Identity.Protocol.Authorization;

/// <summary>RFC 7636 with S256 alone.</summary>
internal static class Pkce
{
    public static bool IsWellFormed(string? value) =>
        value is { Length: >= 43 and <= 128 } && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');

    public static bool Fits(string? verifier, string challenge) =>
        IsWellFormed(verifier) && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier!)))), Encoding.ASCII.GetBytes(challenge));
}
