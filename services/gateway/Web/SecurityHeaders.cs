namespace Gengdu.Gateway.Web;

/// <summary>
/// Headers on every answer; one that a service set itself stays. Only style attributes may be inline (the chart's hints are
/// made of them); style elements may not, and scripts may not, but for the one the build put into the page, by its hash: markup that
/// gets in cannot run. The line without -elem and -attr is for browsers that do not know the two.
/// </summary>
internal static class SecurityHeaders
{
    private const string ForPages =
        "default-src 'self'; script-src 'self'{0}; style-src 'self' 'unsafe-inline'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private const string ForData = "default-src 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var https = app.Services.GetRequiredService<GatewayOptions>().IsHttps;
        var forPages = ForPages.Replace("{0}", WebApp.ScriptInPage(app), StringComparison.Ordinal);
        app.Use((context, next) =>
        {
            context.Response.OnStarting(static state =>
            {
                var (http, policy, secure) = ((HttpContext, string, bool))state;
                Write(http, policy, secure);
                return Task.CompletedTask;
            }, (context, forPages, https));
            return next(context);
        });
    }

    private static void Write(HttpContext context, string forPages, bool https)
    {
        var headers = context.Response.Headers;
        var isData = context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = isData ? ForData : forPages;
        }

        // What one person may see is nobody else's: no cache on the way keeps it, and no browser for whoever sits there next.
        if (isData && headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "private, no-store";
        }

        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()";
        if (!headers.ContainsKey("Referrer-Policy"))
        {
            headers["Referrer-Policy"] = "same-origin";
        }

        if (https)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }
    }
}
