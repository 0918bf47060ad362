using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.FileProviders;

namespace Gengdu.Gateway.Web;

/// <summary>The built web app: hashed files for ever, the index page never from a cache.</summary>
internal static partial class WebApp
{
    public static void AddWebApp(this WebApplicationBuilder builder) => builder.Services.AddResponseCompression(compression =>
    {
        // Over https too: these answers mix no secret with text an attacker chooses. Pages (sign-in carries a form token) stay as they are.
        compression.EnableForHttps = true;
        compression.MimeTypes = ["application/json", "application/problem+json", "text/javascript", "application/javascript", "text/css", "image/svg+xml", "application/manifest+json"];
        compression.Providers.Add<BrotliCompressionProvider>();
        compression.Providers.Add<GzipCompressionProvider>();
    });

    public static void UseWebApp(this WebApplication app)
    {
        if (Root(app) is not { } root)
        {
            return;
        }

        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(root),
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                file.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache",
        });
    }

    /// <summary>Paths of the web app's own router get the index page; unknown API paths a problem.</summary>
    public static void MapWebApp(this WebApplication app)
    {
        app.Map("/api/{**rest}", () => GeneralProblems.NotFound.ToHttpResult()).AllowAnonymous().ExcludeFromDescription();
        if (Root(app) is not { } root)
        {
            Log.Missing(app.Logger, app.Services.GetRequiredService<GatewayOptions>().WebRoot ?? "");
            return;
        }

        var index = Path.Combine(root, "index.html");
        app.MapFallback("{*path:nonfile}", (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-cache";
            return TypedResults.PhysicalFile(index, "text/html; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static string? Root(WebApplication app) =>
        app.Services.GetRequiredService<GatewayOptions>().WebRoot is { Length: > 0 } root && File.Exists(Path.Combine(root, "index.html")) ? Path.GetFullPath(root) : null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "There is no built web app in '{Folder}' (Gateway:WebRoot); only the API and sign-in are served")]
        public static partial void Missing(ILogger logger, string folder);
    }
}
