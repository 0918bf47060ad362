namespace Gengdu.ServiceDefaults;

/// <summary>One page of an ordered list.</summary>
/// <param name="Items">At most <paramref name="PageSize"/> items.</param>
/// <param name="Number">1-based; serialised as "page".</param>
/// <param name="PageSize">1 to 500.</param>
/// <param name="Total">Items on all pages.</param>
public sealed record Page<T>(
    IReadOnlyList<T> Items,
    [property: System.Text.Json.Serialization.JsonPropertyName("page")] int Number,
    int PageSize,
    int Total);

/// <summary>The page asked for: bind with [AsParameters].</summary>
/// <param name="Page">1-based, default 1.</param>
/// <param name="PageSize">Default 50, at most 500; more is cut to 500.</param>
public sealed record PageRequest(int? Page, int? PageSize)
{
    /// <summary>Cleaned page number; small enough that the rows to skip fit a number.</summary>
    public int Number() => Math.Clamp(Page ?? 1, 1, int.MaxValue / 500);

    /// <summary>Cleaned page size.</summary>
    public int Size() => Math.Clamp(PageSize ?? 50, 1, 500);

    /// <summary>Rows to skip.</summary>
    public int Skip() => (Number() - 1) * Size();
}
