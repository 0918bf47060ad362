namespace Gengdu.Gateway.Sessions;

/// <summary>
/// Name and attributes of the cookie. SameSite=Strict works with the redirects of sign-in because no page needs the cookie
/// on the way: the web app is static and asks for its data itself, as a same-site request. It ends with the browser.
/// </summary>
internal sealed class SessionCookie(GatewayOptions options)
{
    public string Name { get; } = options.IsHttps ? "__Host-gengdu-session" : "gengdu-session";

    public string? Read(HttpRequest request) => request.Cookies.TryGetValue(Name, out var key) && key.Length is > 20 and < 100 ? key : null;

    public void Write(HttpResponse response, string key) => response.Cookies.Append(Name, key, Attributes());

    public void Remove(HttpResponse response) => response.Cookies.Delete(Name, Attributes());

    private CookieOptions Attributes() => new() { HttpOnly = true, Secure = options.IsHttps, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true };
}
