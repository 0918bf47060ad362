namespace Gengdu.Identity.Organisations;

/// <summary>The first two digits of a school code, and which grades each type can teach.</summary>
internal static class SchoolClass
{
    /// <summary>Nine-year schools carry the junior class; complete secondary and twelve-year schools that of the seniors.</summary>
    public static string Of(string schoolType) => schoolType switch
    {
        "primary" or "teaching-point" => "21",
        "junior" or "nine-year" => "31",
        "senior" or "complete-secondary" or "twelve-year" => "34",
        "vocational" => "36",
        "special" => "51",
        _ => "",
    };

    /// <summary>Counties with five primary years have a sixth grade in the junior school.</summary>
    public static bool Teaches(string schoolType, IReadOnlyList<string> grades) => schoolType switch
    {
        "primary" or "teaching-point" => Between(grades, 1, 6),
        "junior" => Between(grades, 6, 9),
        "nine-year" => Between(grades, 1, 9),
        "senior" => Between(grades, 10, 12),
        "complete-secondary" => Between(grades, 6, 12),
        "twelve-year" => Between(grades, 1, 12),
        "vocational" => grades.All(grade => grade.StartsWith('v')),
        _ => true,
    };

    private static bool Between(IReadOnlyList<string> grades, int first, int last) =>
        grades.All(grade => grade.StartsWith('g') && int.TryParse(grade.AsSpan(1), out var number) && number >= first && number <= last);
}
