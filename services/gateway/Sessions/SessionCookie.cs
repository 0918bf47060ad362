namespace Gengdu.Gateway.Sessions;

/// <summary>
/// Name and attributes of the cookie. SameSite=Strict works with the redirects of sign-in because no page needs the cookie
/// on the way: the web app is static and asks for its data itself, as a same-site request. It ends with the browser.
/// </summary>
internal sealed class SessionCookie(GatewayOptions options)
{
    public string Name { get; } = options.IsHttps ? "__Host-gengdu-session" : "gengdu-session";

    /// <summary>
    /// Beside it, for the page: who signed in last. It opens nothing and nothing here believes it; a page that knows it asks for its data
    /// at once, in that person's name, and is refused when the session is another's (ADR 0023).
    /// </summary>
    private readonly string _person = options.IsHttps ? "__Host-gengdu-person" : "gengdu-person";

    public string? Read(HttpRequest request) => request.Cookies.TryGetValue(Name, out var key) && key.Length is > 20 and < 100 ? key : null;

    public void Write(HttpResponse response, string key, Guid personId)
    {
        response.Cookies.Append(Name, key, Attributes(forScripts: false));
        response.Cookies.Append(_person, personId.ToString(), Attributes(forScripts: true));
    }

    public void Remove(HttpResponse response)
    {
        response.Cookies.Delete(Name, Attributes(forScripts: false));
        response.Cookies.Delete(_person, Attributes(forScripts: true));
    }

    private CookieOptions Attributes(bool forScripts) =>
        new() { HttpOnly = !forScripts, Secure = options.IsHttps, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true };
}
