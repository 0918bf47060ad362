using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>UserInfo alone takes the access token as a posted form too (RFC 6750, 2.2); a token that comes twice counts as none.</summary>
internal static class FormToken
{
    public static async Task ReadAsync(MessageReceivedContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || request.Path != "/identity/userinfo" || !request.HasFormContentType)
        {
            return;
        }

        if (await Parameters.ReadAsync(request, context.HttpContext.RequestAborted) is { } form && form["access_token"] is { } token)
        {
            if (request.Headers.Authorization.Count > 0 || request.Query.ContainsKey("access_token"))
            {
                context.NoResult();
                return;
            }

            context.Token = token;
        }
    }
}
