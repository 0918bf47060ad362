namespace Gengdu.Reporting.Data;

/// <summary>Triggers and functions from idempotent files, for migrations.</summary>
internal static class SqlObjects
{
    public static string Read(string file)
    {
        using var stream = typeof(SqlObjects).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"{file} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
