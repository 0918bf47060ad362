using System.Globalization;
using Microsoft.OData.Edm;
using Npgsql;

namespace Gengdu.Analytics.Feed;

/// <summary>Values on their way between Postgres, OData and a page's token.</summary>
internal static class FeedValues
{
#pragma warning disable CS0618 // what this version of the library reads and writes; its next one takes DateOnly
    public static object ForSql(object value) => value switch
    {
        Date date => new DateOnly(date.Year, date.Month, date.Day),
        DateTimeOffset time => time.ToUniversalTime(),
        _ => value,
    };

    public static object? ForClient(object? value) => value switch
    {
        DateOnly date => new Date(date.Year, date.Month, date.Day),
        _ => value,
    };
#pragma warning restore CS0618

    public static object? Read(NpgsqlDataReader reader, int at, EdmPrimitiveTypeKind kind) => reader.IsDBNull(at) ? null : kind switch
    {
        EdmPrimitiveTypeKind.Guid => reader.GetGuid(at),
        EdmPrimitiveTypeKind.Int32 => reader.GetInt32(at),
        EdmPrimitiveTypeKind.Boolean => reader.GetBoolean(at),
        EdmPrimitiveTypeKind.Decimal => reader.GetDecimal(at),
        EdmPrimitiveTypeKind.Date => reader.GetFieldValue<DateOnly>(at),
        EdmPrimitiveTypeKind.DateTimeOffset => reader.GetFieldValue<DateTimeOffset>(at),
        _ => reader.GetString(at),
    };

    /// <summary>From a token, by the column's type.</summary>
    public static bool TryRead(EdmPrimitiveTypeKind kind, string? text, out object value)
    {
        (var good, value) = kind switch
        {
            EdmPrimitiveTypeKind.Guid => (Guid.TryParse(text, out var id), (object)id),
            EdmPrimitiveTypeKind.Int32 => (int.TryParse(text, CultureInfo.InvariantCulture, out var number), number),
            EdmPrimitiveTypeKind.DateTimeOffset => (DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time), time.ToUniversalTime()),
            _ => (text?.Contains('\0', StringComparison.Ordinal) is false, text ?? ""),
        };
        return good;
    }
}
