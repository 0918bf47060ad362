using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.FileProviders;

namespace Gengdu.Gateway.WebApp;

/// <summary>Serves the built web app from Gateway:WebRoot: hashed files for ever, the page itself never from a cache.</summary>
internal static class WebAppExtensions
{
    public static void AddWebApp(this WebApplicationBuilder builder)
    {
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html", "text/css", "text/javascript", "application/javascript", "application/json", "application/problem+json", "image/svg+xml"];
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    public static void UseWebApp(this WebApplication app)
    {
        if (Root(app) is { } root)
        {
            app.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = root,
                OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                    file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache",
            });
        }
    }

    public static void MapWebApp(this WebApplication app)
    {
        if (Root(app) is { } root)
        {
            app.MapFallbackToFile("index.html", new StaticFileOptions
            {
                FileProvider = root,
                OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
            }).Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue);
        }
    }

    private static PhysicalFileProvider? Root(WebApplication app) =>
        app.Configuration["Gateway:WebRoot"] is { Length: > 0 } folder && Directory.Exists(folder) ? new PhysicalFileProvider(Path.GetFullPath(folder)) : null;
}
