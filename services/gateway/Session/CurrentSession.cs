using Microsoft.AspNetCore.Authentication;

namespace Gengdu.Gateway.Session;

/// <summary>The live session behind this request's cookie.</summary>
internal static class CurrentSession
{
    public static async ValueTask<LiveSession?> FindAsync(HttpContext http, SessionStore sessions)
    {
        var properties = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties;
        return properties?.Items.TryGetValue(SessionStore.KeyProperty, out var key) == true && key is not null
            ? await sessions.FindAsync(key, http.RequestAborted)
            : null;
    }
}
