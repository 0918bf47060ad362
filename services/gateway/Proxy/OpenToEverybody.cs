namespace Gengdu.Gateway.Proxy;

/// <summary>Stands with a request whose route says "Public" in its metadata: nobody need be signed in, and nobody's name goes on.</summary>
internal sealed class OpenToEverybody
{
    /// <summary>The routes' metadata that says so.</summary>
    public const string Metadata = "Public";

    // What is read has a larger share of its own: a school class behind one address reads, and nobody can try codes there.
    private const string Data = "data";

    private bool OfData { get; init; }

    public static bool Is(HttpContext context) => context.Features.Get<OpenToEverybody>() is not null;

    /// <summary>Whether it is a look at open data.</summary>
    public static bool IsOfData(HttpContext context) => context.Features.Get<OpenToEverybody>() is { OfData: true };

    /// <summary>From here on it is.</summary>
    /// <param name="context">The request.</param>
    /// <param name="what">The metadata's value.</param>
    public static void Set(HttpContext context, string what = "true") => context.Features.Set(new OpenToEverybody { OfData = what == Data });
}
