using System.Text.Json;
using Gengdu.Rules.Cel;

namespace Gengdu.Rules;

/// <summary>
/// The values of one organisation in one cycle: one JSON document a module, read once and used by any number of rules and indicators.
/// Keeps references into the documents, so they must outlive it. Not for use by two threads at once.
/// </summary>
public sealed class ValueSet
{
    private readonly JsonElement[] _documents;
    private EvaluationFrame? _frame;

    /// <summary>An empty set for a programme.</summary>
    public ValueSet(Programme programme)
    {
        Programme = programme;
        Slots = programme.Layout.EmptySlots();
        _documents = new JsonElement[Slots.Length];
    }

    /// <summary>The programme the values belong to.</summary>
    public Programme Programme { get; }

    internal CelValue[] Slots { get; }

    /// <summary>
    /// Adds a module's document; a property that is no field of this module is passed over, a document that is no object counts as empty.
    /// Adding a module again replaces only the fields the new document has.
    /// </summary>
    public ValueSet Add(string moduleKey, JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object || Programme.Module(moduleKey) is not { } module) return this;
        var layout = Programme.Layout;
        foreach (var property in document.EnumerateObject())
        {
            var slot = ValueReading.IndexOf(layout.FieldShape, property);
            if (slot < 0 || !ReferenceEquals(layout.ModuleAt(slot), module)) continue;
            _documents[slot] = property.Value;
            Slots[slot] = ValueReading.Read(layout, slot, property.Value);
        }
        _frame = null;
        return this;
    }

    internal JsonElement DocumentAt(int slot) => _documents[slot];

    internal EvaluationFrame FrameFor(EvaluationContext context) =>
        _frame is { } frame && frame.Context == context ? frame : _frame = new EvaluationFrame(this, context);
}
