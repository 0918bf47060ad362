using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Protocol.TwoFactor;

/// <summary>
/// Recovery codes between their making and the person's "I have kept them": sealed in a cookie of this browser, because the
/// database has only their hashes and a posted page must lead on with 303.
/// </summary>
internal sealed class ShownOnce(IDataProtectionProvider protection, IOptions<ProtocolOptions> options)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("shown-once").ToTimeLimitedDataProtector();

    private string Cookie => options.Value.IsHttps ? "__Secure-gengdu-codes" : "gengdu-codes";

    private CookieOptions Options => new() { Path = "/identity", HttpOnly = true, Secure = options.Value.IsHttps, SameSite = SameSiteMode.Strict, IsEssential = true };

    public void Keep(HttpContext http, IReadOnlyList<string> codes)
    {
        var cookie = Options;
        cookie.MaxAge = Lifetime;
        http.Response.Cookies.Append(Cookie, _seal.Protect(string.Join(' ', codes), Lifetime), cookie);
    }

    public IReadOnlyList<string>? Find(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[Cookie] is { Length: > 0 and < 4000 } kept ? _seal.Unprotect(kept).Split(' ') : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Forget(HttpContext http) => http.Response.Cookies.Delete(Cookie, Options);
}
