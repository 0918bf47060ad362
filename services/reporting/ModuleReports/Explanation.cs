namespace Gengdu.Reporting.ModuleReports;

/// <summary>
/// The school's words at a cell: why a warning is right as it is, or, though no rule asked, a remark or a mark that the value is to be
/// followed up. They travel with the revision.
/// </summary>
/// <param name="Rule">The rule that warned; "remark" for a remark, "follow-up" for such a mark.</param>
/// <param name="At">The cell it warned at, or that the words are about.</param>
/// <param name="Text">The school's words; of a mark without words the sign ⚑ alone.</param>
internal sealed record Explanation(string Rule, string At, string Text)
{
    /// <summary>Stands for the rule where no rule asked; ids of rules begin with a capital letter.</summary>
    public const string Remark = "remark";

    /// <summary>The value is reported as it is and will be looked at again: what is still to be checked stands in the text, if anything.</summary>
    public const string FollowUp = "follow-up";

    public const string Unworded = "⚑";

    /// <summary>No rule has to warn for it.</summary>
    public static bool IsUnasked(string rule) => rule is Remark or FollowUp;
}
