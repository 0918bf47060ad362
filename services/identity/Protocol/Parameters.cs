using Microsoft.Extensions.Primitives;

namespace Gengdu.Identity.Protocol;

/// <summary>Parameters of a protocol request: each at most once, wherever it stood.</summary>
internal sealed class Parameters
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Names that came more than once; the request is refused whatever they say.</summary>
    public HashSet<string> Duplicated { get; } = new(StringComparer.Ordinal);

    /// <summary>Empty values count as absent (RFC 6749, 3.1).</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public IEnumerable<KeyValuePair<string, string?>> Except(string name) => _values.Where(pair => pair.Key != name).Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value));

    /// <summary>Query and form together; null when the body is not a form.</summary>
    public static async Task<Parameters?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        parameters.Add(request.Query);
        if (HttpMethods.IsPost(request.Method))
        {
            if (!request.HasFormContentType)
            {
                return null;
            }

            parameters.Add(await request.ReadFormAsync(cancellationToken));
        }

        return parameters;
    }

    private void Add(IEnumerable<KeyValuePair<string, StringValues>> pairs)
    {
        foreach (var (name, values) in pairs)
        {
            if (values.Count != 1 || !_values.TryAdd(name, values.ToString()))
            {
                Duplicated.Add(name);
            }
        }
    }
}
