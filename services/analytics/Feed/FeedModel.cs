using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;

namespace Gengdu.Analytics.Feed;

/// <summary>The sets as an OData model; it also tells clients what they need not try.</summary>
internal static class FeedModel
{
    private const string Namespace = "Gengdu.Feed";
    private static readonly EdmEntityContainer s_container = new(Namespace, "Container");

    public static IEdmModel Model { get; } = Build();

    /// <summary>$metadata, which never changes while the process runs.</summary>
    public static byte[] Metadata { get; } = Write();

    public static IEdmEntitySet SetOf(FeedSet set) => s_container.FindEntitySet(set.Name);

    private static EdmModel Build()
    {
        var model = new EdmModel();
        model.AddElement(s_container);
        foreach (var set in FeedSets.All)
        {
            var type = new EdmEntityType(Namespace, set.TypeName);
            foreach (var column in set.Columns)
            {
                var property = type.AddStructuralProperty(column.Name, TypeOf(column));
                if (column.IsKey)
                {
                    type.AddKeys(property);
                }
            }

            model.AddElement(type);
            Restrict(model, s_container.AddEntitySet(set.Name, type), set);
        }

        return model;
    }

    // Without a scale decimals would be whole numbers.
    private static IEdmTypeReference TypeOf(FeedColumn column) => column.Kind switch
    {
        EdmPrimitiveTypeKind.Decimal => EdmCoreModel.Instance.GetDecimal(null, null, column.Nullable),
        EdmPrimitiveTypeKind.DateTimeOffset => EdmCoreModel.Instance.GetTemporal(EdmPrimitiveTypeKind.DateTimeOffset, 6, column.Nullable),
        _ => EdmCoreModel.Instance.GetPrimitive(column.Kind, column.Nullable),
    };

    private static void Restrict(EdmModel model, EdmEntitySet set, FeedSet of)
    {
        void Say(string term, IEdmExpression value)
        {
            var annotation = new EdmVocabularyAnnotation(set, CapabilitiesVocabularyModel.Instance.FindDeclaredTerm($"Org.OData.Capabilities.V1.{term}"), value);
            annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
            model.AddVocabularyAnnotation(annotation);
        }

        EdmCollectionExpression Names(IEnumerable<FeedColumn> columns) => new(columns.Select(column => new EdmPropertyPathExpression(column.Name)));
        Say("SkipSupported", new EdmBooleanConstant(false));
        Say("SearchRestrictions", new EdmRecordExpression(new EdmPropertyConstructor("Searchable", new EdmBooleanConstant(false))));
        Say("FilterRestrictions", new EdmRecordExpression(new EdmPropertyConstructor("NonFilterableProperties", Names(of.Columns.Where(column => !column.Filters)))));
        Say("SortRestrictions", new EdmRecordExpression(new EdmPropertyConstructor("NonSortableProperties", Names(of.Columns.Where(column => !of.Order.Contains(column.Name))))));
        Say("InsertRestrictions", new EdmRecordExpression(new EdmPropertyConstructor("Insertable", new EdmBooleanConstant(false))));
        Say("UpdateRestrictions", new EdmRecordExpression(new EdmPropertyConstructor("Updatable", new EdmBooleanConstant(false))));
        Say("DeleteRestrictions", new EdmRecordExpression(new EdmPropertyConstructor("Deletable", new EdmBooleanConstant(false))));
    }

    private static byte[] Write()
    {
        using var written = new MemoryStream();
        using (var xml = XmlWriter.Create(written, new() { Encoding = new System.Text.UTF8Encoding(false) }))
        {
            if (!CsdlWriter.TryWriteCsdl(Model, xml, CsdlTarget.OData, out var errors))
            {
                throw new InvalidOperationException($"The feed's model cannot be written: {string.Join("; ", errors)}");
            }
        }

        return written.ToArray();
    }
}
