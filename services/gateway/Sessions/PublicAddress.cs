namespace Gengdu.Gateway.Sessions;

/// <summary>Host the browser used, kept before the public one takes its place.</summary>
internal sealed record OriginalHost(string Value);

internal static class PublicAddress
{
    /// <summary>Sign-in builds its redirect address from the request: make that ours, whatever Host header came or proxy stands before us.</summary>
    public static void UsePublicAddress(this WebApplication app)
    {
        var address = app.Services.GetRequiredService<GatewayOptions>().PublicAddress;
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/bff", StringComparison.Ordinal))
            {
                context.Features.Set(new OriginalHost(context.Request.Host.Value ?? ""));
                (context.Request.Scheme, context.Request.Host) = (address.Scheme, new HostString(address.Authority));
            }

            return next(context);
        });
    }
}
