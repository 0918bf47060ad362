using System.Text;

namespace Gengdu.Benchmarks.Load;

/// <summary>Requests as the bytes that go over the wire.</summary>
internal static class Request
{
    public static byte[] Post(Uri address, string path, string body, params ReadOnlySpan<(string Name, string Value)> headers) =>
        Of("POST", address, path, body, [.. headers, ("Content-Type", "application/json")]);

    public static byte[] Patch(Uri address, string path, string body, params ReadOnlySpan<(string Name, string Value)> headers) =>
        Of("PATCH", address, path, body, [.. headers, ("Content-Type", "application/json")]);

    public static byte[] Form(Uri address, string path, string body) => Of("POST", address, path, body, [("Content-Type", "application/x-www-form-urlencoded")]);

    public static byte[] Get(Uri address, string path, params ReadOnlySpan<(string Name, string Value)> headers) => Of("GET", address, path, null, headers);

    private static byte[] Of(string method, Uri address, string path, string? body, ReadOnlySpan<(string Name, string Value)> headers)
    {
        var text = new StringBuilder().Append(method).Append(' ').Append(path).Append(" HTTP/1.1\r\nHost: ").Append(address.Authority).Append("\r\n");
        foreach (var (name, value) in headers)
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (body is not null)
        {
            text.Append("Content-Length: ").Append(Encoding.UTF8.GetByteCount(body)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString());
    }
}
