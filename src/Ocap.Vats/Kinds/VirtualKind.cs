using System.Globalization;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Marshal;
using Ocap.Vats.Exos;
using Ocap.Vats.Liveslots;

namespace Ocap.Vats.Kinds;

/// <summary>A kind that vat code has defined: makes its objects, brings them back, and finds the context that their methods are given.</summary>
internal sealed class VirtualKind : IStoredKind
{
    private readonly VatHeap _heap;
    private readonly InstanceIds _ids;
    private readonly StateShape _shape;
    private readonly StateObjects _states;
    private readonly ObjectInstance[] _prototypes;
    private readonly string _prefix;
    private readonly JsValue _init;
    private readonly JsValue _finish;

    internal VirtualKind(VatHeap heap, KindDefinition definition, IReadOnlyList<string>? facetNames, StateShape shape)
    {
        _heap = heap;
        _ids = definition.Ids;
        _shape = shape;
        _init = definition.Init;
        _finish = definition.Options.Finish;
        IsDurable = definition.IsDurable;
        FacetNames = facetNames;
        _prefix = $"o+{(IsDurable ? 'd' : 'v')}{definition.Id}/";
        _states = new StateObjects(heap, shape, IsDurable);
        KindOptions options = definition.Options;
        _prototypes = facetNames is null
            ? [new DefendedPrototype(heap, definition.Tag, self => ContextOf(self, null), options.IsThisful).Make(definition.Behavior, options.InterfaceGuard)]
            : DefendedPrototype.MakeKit(heap, definition.Tag, definition.Behavior, facetNames, ContextOf, options.IsThisful, options.InterfaceGuardKit);
    }

    public bool IsDurable { get; }

    public IReadOnlyList<string>? FacetNames { get; }

    /// <summary>Makes a new object, or the record of its facets.</summary>
    internal JsValue MakeInstance(JsValue[] arguments)
    {
        string baseRef = _prefix + _ids.Next().ToString(CultureInfo.InvariantCulture);
        JsValue initial = TypeConverter.ToBoolean(_init)
            ? _heap.Realm.RequireFunction(_init, "init").Call(JsValue.Undefined, arguments)
            : new JsObject(_heap.Realm.Engine);
        if (initial is not ObjectInstance record || record.IsCallable())
        {
            throw initial.IsNull()
                ? _heap.Realm.Fail("Cannot convert undefined or null to object", "TypeError")
                : _heap.Realm.Fail($"initial data must be object, not {_heap.Quoting.Quote(initial)}");
        }

        var data = new StateData(baseRef) { IsChanged = true };
        foreach (JsValue key in record.GetOwnPropertyKeys(Types.String))
        {
            string name = key.ToString();
            JsValue value = record.Get(key);
            _shape.Require(name, value);
            CapData stored = _states.Serialize(name, value);
            _heap.Counts.Add(stored.Slots);
            data.Set(name, stored, value);
        }

        _heap.States.Keep(data);
        ObjectInstance made = Represent(baseRef);
        if (FacetNames is null)
        {
            _heap.References.Register(baseRef, made);
        }
        else
        {
            _heap.References.RegisterCohort(baseRef, made, FacetNames);
        }

        if (TypeConverter.ToBoolean(_finish))
        {
            _heap.Realm.RequireFunction(_finish, "finish").Call(JsValue.Undefined, [Context(baseRef)]);
        }

        return made;
    }

    public ObjectInstance Reanimate(VatSlot slot) => Represent(slot.BaseRef);

    public StoredDeletion DeleteStored(VatSlot slot, int mostEntries)
    {
        bool mayFree = false;
        if (_heap.States.Find(slot.BaseRef) is { } data)
        {
            mayFree = _heap.Counts.Remove(data.Slots);
            _heap.States.Delete(slot.BaseRef);
        }

        return new StoredDeletion(mayFree);
    }

    /// <summary>What the methods of an object, or of one of its facets, are given; null when the object is no such one.</summary>
    internal JsValue? ContextOf(JsValue self, int? facet) =>
        self is Representative representative && ReferenceEquals(representative.Kind, this) && representative.Facet == facet ? Context(representative.BaseRef) : null;

    private JsValue Context(string baseRef)
    {
        StateData data = _heap.States.Find(baseRef) ?? throw _heap.Realm.Fail("Check failed");
        if (data.Context is null)
        {
            var context = new JsObject(_heap.Realm.Engine);
            context.CreateDataProperty("state", _states.Make(data));
            context.CreateDataProperty(FacetNames is null ? "self" : "facets", _heap.References.Require(baseRef));
            data.Context = _heap.Realm.Harden(context);
        }

        return data.Context;
    }

    private ObjectInstance Represent(string baseRef)
    {
        if (FacetNames is null)
        {
            return _heap.Realm.Harden(new Representative(_heap.Realm.Engine, this, baseRef, null) { Prototype = _prototypes[0] });
        }

        var cohort = new JsObject(_heap.Realm.Engine);
        for (int i = 0; i < _prototypes.Length; i++)
        {
            cohort.CreateDataProperty(FacetNames[i], new Representative(_heap.Realm.Engine, this, baseRef, i) { Prototype = _prototypes[i], Cohort = cohort });
        }

        _heap.Realm.Notes.On(cohort).IsCohort = true;
        return _heap.Realm.Harden(cohort);
    }
}
