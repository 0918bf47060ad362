using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Gengdu.ServiceDefaults;

/// <summary>ETag and If-Match over a row's version number.</summary>
public static class EntityTag
{
    /// <summary>Writes the strong ETag "v{version}".</summary>
    public static void Set(HttpResponse response, long version)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.Headers.ETag = $"\"v{version.ToString(CultureInfo.InvariantCulture)}\"";
    }

    /// <summary>Compares If-Match with the present version.</summary>
    /// <returns>null when they agree; 428 when the header is missing; 412 when it names another version.</returns>
    public static Problem? Check(HttpRequest request, long version)
    {
        ArgumentNullException.ThrowIfNull(request);
        var header = request.Headers.IfMatch.ToString();
        return header.Length == 0 ? GeneralProblems.VersionRequired
            : header == $"\"v{version.ToString(CultureInfo.InvariantCulture)}\"" ? null
            : GeneralProblems.Stale;
    }
}
