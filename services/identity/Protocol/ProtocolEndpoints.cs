using Gengdu.Identity.Protocol.Authorization;
using Gengdu.Identity.Protocol.Clients;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Identity.Protocol.Tokens;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Identity.Protocol;

internal static class ProtocolEndpoints
{
    private static readonly string[] GetAndPost = ["GET", "POST"];
    private static readonly string[] Get = ["GET"];
    private static readonly string[] PostOnly = ["/token", "/revoke", "/introspect", "/par"];

    public static void MapProtocol(this WebApplication app)
    {
        // Unsafe clients must stop the start, not the first request.
        app.Services.GetRequiredService<ClientRegistry>();
        var group = app.MapGroup("/identity").WithTags("Protocol").AllowAnonymous();
        group.MapGet("/.well-known/openid-configuration", Discovery.Document).WithName("Discovery");
        group.MapGet("/.well-known/oauth-authorization-server", Discovery.Document).ExcludeFromDescription();
        // RFC 8414 puts the issuer's path last; the gateway leads it here.
        app.MapGet("/.well-known/oauth-authorization-server/identity", Discovery.Document).AllowAnonymous().ExcludeFromDescription();
        group.MapGet("/jwks", Discovery.JwksAsync).WithName("Jwks");
        group.MapPost("/token", TokenEndpoint.HandleAsync).WithName("Token").Produces<TokenResponse>().Produces<TokenError>(400).Produces<TokenError>(401);
        group.MapPost("/revoke", RevokeToken.HandleAsync).WithName("Revoke").Produces<TokenError>(400).Produces<TokenError>(401);
        group.MapPost("/introspect", IntrospectToken.HandleAsync).WithName("Introspect").Produces<IntrospectionResponse>().Produces<TokenError>(400).Produces<TokenError>(401);
        group.MapPost("/par", PushRequest.HandleAsync).WithName("PushRequest").Produces<PushedResponse>(201).Produces<TokenError>(400).Produces<TokenError>(401);
        foreach (var path in PostOnly)
        {
            // Else the answer would be "sign in first", which no client can make sense of here.
            group.MapMethods(path, Get, (HttpContext http) =>
            {
                http.Response.Headers.Allow = "POST";
                return GeneralProblems.ForStatus(405).ToHttpResult();
            }).ExcludeFromDescription();
        }

        group.MapMethods("/authorize", GetAndPost, Authorize.HandleAsync).ExcludeFromDescription();
        group.MapPages();
        group.MapMethods("/end-session", GetAndPost, EndSession.HandleAsync).ExcludeFromDescription();
        group.MapGet("/assets/pages.css", Stylesheet).ExcludeFromDescription();
        app.MapGet("/identity/userinfo", UserInfo.HandleAsync).WithTags("Protocol").WithName("UserInfo").RequireAuthorization().Produces<UserInfoResponse>();
        app.MapPost("/identity/userinfo", UserInfo.HandleAsync).RequireAuthorization().ExcludeFromDescription();
    }

    private static FileStreamHttpResult Stylesheet(HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.Stream(typeof(ProtocolEndpoints).Assembly.GetManifestResourceStream("pages.css")!, "text/css");
    }
}
