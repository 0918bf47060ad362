using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Gengdu.Identity.Protocol;

/// <summary>Parameters of a protocol request: each at most once, wherever it stood.</summary>
internal sealed class Parameters
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Names that came more than once, or hold a NUL, which no database keeps; the request is refused whatever they say.</summary>
    public HashSet<string> Duplicated { get; } = new(StringComparer.Ordinal);

    /// <summary>Empty values count as absent (RFC 6749, 3.1).</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public IEnumerable<KeyValuePair<string, string?>> Except(params IEnumerable<string> names) =>
        _values.ExceptBy(names, pair => pair.Key).Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value));

    /// <summary>Good parameters as they were kept.</summary>
    public static Parameters Of(string query)
    {
        var parameters = new Parameters();
        parameters.Add(QueryHelpers.ParseQuery(query));
        return parameters;
    }

    /// <summary>Query and form together; null when the body is not a form of the kind OAuth speaks.</summary>
    public static async Task<Parameters?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        parameters.Add(request.Query);
        if (HttpMethods.IsPost(request.Method))
        {
            if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
                || !(type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
            {
                return null;
            }

            try
            {
                parameters.Add(await request.ReadFormAsync(cancellationToken));
            }
            catch (Exception fault) when (fault is InvalidDataException or NotSupportedException or ArgumentException)
            {
                // A NUL, a thousand fields, or names as long as a page: no client of OAuth sends that.
                parameters.Duplicated.Add("");
            }
        }

        return parameters;
    }

    private void Add(IEnumerable<KeyValuePair<string, StringValues>> pairs)
    {
        foreach (var (name, values) in pairs)
        {
            if (values.Count != 1 || values.ToString().Contains('\0', StringComparison.Ordinal) || !_values.TryAdd(name, values.ToString()))
            {
                Duplicated.Add(name);
            }
        }
    }
}
