using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>An authorization request waiting for its person: sealed, so nobody can change where it leads, for half an hour.</summary>
internal sealed class SignInTickets(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);
    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("sign-in-ticket").ToTimeLimitedDataProtector();

    public string Seal(IEnumerable<KeyValuePair<string, string?>> parameters) => SealAddress(QueryHelpers.AddQueryString("/identity/authorize", parameters));

    /// <summary>For pages of our own that need somebody signed in.</summary>
    public string SealAddress(string address) => _seal.Protect(address, Lifetime);

    /// <summary>The address to go on to; null when the ticket is not ours or too old.</summary>
    public string? Open(string? ticket)
    {
        try
        {
            return string.IsNullOrEmpty(ticket) || ticket.Length > 8000 ? null : _seal.Unprotect(ticket);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
