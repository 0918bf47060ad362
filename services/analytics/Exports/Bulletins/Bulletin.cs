namespace Gengdu.Analytics.Exports.Bulletins;

/// <summary>通报 as a document: whatever prints it knows no figure, whatever writes it knows no format.</summary>
/// <param name="Head">In red at the top.</param>
/// <param name="Number">文号.</param>
/// <param name="To">Whom it is for.</param>
/// <param name="Signer">Whose seal goes to its end.</param>
internal sealed record Bulletin(
    string Head, string Number, string Title, string To, IReadOnlyList<BulletinBlock> Blocks, string Signer, string Seal, string Date, IReadOnlyList<string> Notes, string Watermark);

/// <summary>A piece of it.</summary>
internal abstract record BulletinBlock;

internal sealed record BulletinHeading(string Text) : BulletinBlock;

internal sealed record BulletinParagraph(string Text) : BulletinBlock;

/// <summary>The first column is text, the others are numbers.</summary>
internal sealed record BulletinTable(string Caption, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows) : BulletinBlock;
