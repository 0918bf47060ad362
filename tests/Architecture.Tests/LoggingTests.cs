using System.Text.RegularExpressions;

namespace Gengdu.Architecture.Tests;

/// <summary>
/// Log messages take ids and facts. What a parameter is called is all a text search can know, so a name that promises a secret, a
/// person's name or what somebody typed is refused; System.Tests reads the logs of a real run for the rest.
/// </summary>
public sealed partial class LoggingTests
{
    private static readonly string[] s_words =
        ["password", "passwd", "secret", "token", "cookie", "credential", "assertion", "phone", "mobile", "email", "body", "payload", "values", "text", "header", "query", "username", "displayname", "connectionstring"];

    /// <summary>Codes of our own catalogue, not codes that open a door.</summary>
    private static readonly string[] s_harmless = ["RequestFailed.code"];

    [Fact]
    public void LogMethod_TakesNoSecretAndNothingTyped() => Violations.None(Parameters(Sources.Code("services").Concat(Sources.Code("building-blocks")).Select(file => (file, Sources.Read(file))))
        .Where(Refused).Select(parameter => $"{parameter.File}: {parameter.Method} logs a {parameter.Type} called {parameter.Name}"));

    [Fact]
    public void LogMethods_AreFound_AndABadOneIsRefused()
    {
        Assert.True(Parameters(Sources.Code("services").Select(file => (file, Sources.Read(file)))).Count() > 20);
        const string Bad = "[LoggerMessage(1, LogLevel.Warning, \"x\")]\n public static partial void Failed(ILogger logger, Guid personId, string newPassword, string resetCode, bool withCode);";
        Assert.Equal(["newPassword", "resetCode"], Parameters([("x.cs", Bad)]).Where(Refused).Select(parameter => parameter.Name));
    }

    /// <summary>Anything but the declared messages would go past the check above.</summary>
    [Fact]
    public void Services_LogByDeclaredMessagesOnly() => Violations.None(Sources.Code("services").Concat(Sources.Code("building-blocks"))
        .Where(file => DirectCall().IsMatch(Sources.Read(file))).Select(file => $"{file} calls the logger directly: declare the message with LoggerMessage"));

    private static bool Refused((string File, string Method, string Type, string Name) parameter) =>
        parameter.Type is "string" or "string?" or "object" or "object?" or "Uri" or "JsonElement" && !s_harmless.Contains($"{parameter.Method}.{parameter.Name}")
        && (s_words.Any(word => parameter.Name.Contains(word, StringComparison.OrdinalIgnoreCase)) || parameter.Name.EndsWith("code", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<(string File, string Method, string Type, string Name)> Parameters(IEnumerable<(string File, string Text)> files) =>
        from file in files
        from Match method in Declared().Matches(file.Text)
        from parameter in method.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries).Where(parameter => parameter.Contains(' ', StringComparison.Ordinal))
        select (file.File, method.Groups[1].Value, parameter[..parameter.LastIndexOf(' ')], parameter[(parameter.LastIndexOf(' ') + 1)..]);

    [GeneratedRegex(@"\[LoggerMessage\([^\]]*\]\s*(?:public|private|internal) static partial void (\w+)\(ILogger logger,?\s*([^)]*)\)")]
    private static partial Regex Declared();

    [GeneratedRegex(@"\b_?[lL]ogger\.(Log|LogInformation|LogWarning|LogError|LogDebug|LogTrace|LogCritical)\(")]
    private static partial Regex DirectCall();
}
