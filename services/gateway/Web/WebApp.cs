using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Gengdu.Gateway.Web;

/// <summary>
/// The built web app: hashed files for ever, icons for a day, the index page never from a cache; each in the smallest form the build made of it.
/// </summary>
internal static partial class WebApp
{
    private const string Squeezed = ".br";

    public static void AddWebApp(this WebApplicationBuilder builder)
    {
        builder.Services.AddResponseCompression(compression =>
        {
            // Over https too: these answers mix no secret with text an attacker chooses. Pages (sign-in carries a form token) stay as they are.
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json", "application/problem+json", "text/javascript", "application/javascript", "text/css", "image/svg+xml", "application/manifest+json"];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        // Not the quickest step: a module on a slow line is a third smaller for it (ADR 0023).
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
    }

    public static void UseWebApp(this WebApplication app)
    {
        if (Root(app) is not { } root)
        {
            return;
        }

        app.Use((http, next) =>
        {
            if (TakesSqueezed(http.Request) && File.Exists(Path.Join(root, http.Request.Path + Squeezed)))
            {
                http.Request.Path += Squeezed;
            }

            return next(http);
        });
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[Squeezed] = "application/octet-stream";
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(root),
            ContentTypeProvider = types,
            OnPrepareResponse = file =>
            {
                var (path, headers) = (file.Context.Request.Path, file.Context.Response.Headers);
                headers.CacheControl = path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable"
                    : path.Value is { } icon && (icon.Contains(".svg", StringComparison.Ordinal) || icon.Contains(".ico", StringComparison.Ordinal)) ? "public, max-age=86400" : "no-cache";
                headers.Vary = HeaderNames.AcceptEncoding;
                if (path.Value is { } name && name.EndsWith(Squeezed, StringComparison.Ordinal))
                {
                    types.TryGetContentType(name[..^Squeezed.Length], out var type);
                    (headers.ContentType, headers.ContentEncoding) = (type, "br");
                }
            },
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
            http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
            var squeezed = TakesSqueezed(http.Request) && File.Exists(index + Squeezed);
            if (squeezed)
            {
                http.Response.Headers.ContentEncoding = "br";
            }

            return TypedResults.PhysicalFile(squeezed ? index + Squeezed : index, "text/html; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static bool TakesSqueezed(HttpRequest request) => (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.AcceptEncoding.Any(one => one?.Split(',').Any(name => name.Trim() is "br") == true);

    /// <summary>The one script that stands in the index page itself, as the policy of pages names it; nothing when there is none.</summary>
    public static string ScriptInPage(WebApplication app)
    {
        if (Root(app) is not { } root || InPage().Match(File.ReadAllText(Path.Combine(root, "index.html"))) is not { Success: true } found)
        {
            return "";
        }

        return $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(found.Groups[1].Value)))}'";
    }

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex InPage();

    private static string? Root(WebApplication app) =>
        app.Services.GetRequiredService<GatewayOptions>().WebRoot is { Length: > 0 } root && File.Exists(Path.Combine(root, "index.html")) ? Path.GetFullPath(root) : null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "There is no built web app in '{Folder}' (Gateway:WebRoot); only the API and sign-in are served")]
        public static partial void Missing(ILogger logger, string folder);
    }
}
