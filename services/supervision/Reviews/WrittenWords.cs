using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Reviews;

/// <summary>What people write with an act: kept for ever, read by others, so within bounds.</summary>
internal static class WrittenWords
{
    private const int Longest = 1000;

    public static string? Trimmed(string? words) => string.IsNullOrWhiteSpace(words) ? null : words.Trim();

    public static IReadOnlyList<FieldError> Errors(string? words, bool optional = false, string field = "words") =>
        Trimmed(words) is not { } text ? optional ? [] : [TooLong(field)]
        : text.Length > Longest ? [TooLong(field)]
        : text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? [new(field, "pattern", new("文字中有不可见的控制字符，请删除", "Remove the control characters from the text"))]
        : [];

    private static FieldError TooLong(string field) => new(field, "length", new($"请用 1 至 {Longest} 个字说明", $"Explain it in 1 to {Longest} characters"));
}
