using Gengdu.ServiceDefaults;

namespace Gengdu.Gateway.Proxy;

/// <summary>
/// Stands with a request whose route says "Key" in its metadata: a spreadsheet with a key of its own. The browser's session is none of its business, even
/// when its cookie comes along; whether the key is good, the service says.
/// </summary>
internal sealed class ByKey
{
    /// <summary>The routes' metadata that says so.</summary>
    public const string Metadata = "Key";

    private const int Longest = 300;

    public static bool Is(HttpContext context) => context.Features.Get<ByKey>() is not null;

    /// <summary>From here on it is.</summary>
    public static void Set(HttpContext context) => context.Features.Set(new ByKey());

    /// <summary>Null when there is something that may be a key. Else it is asked for in the way Excel and Power BI know.</summary>
    public static Problem? Refusal(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length is > 6 and < Longest && header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Gengdu data feed\", charset=\"UTF-8\"";
        return GatewayProblems.KeyMissing;
    }
}
