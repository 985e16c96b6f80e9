using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;
using Ocap.Marshal;
using Ocap.Vats.Liveslots;

namespace Ocap.Vats.Kinds;

/// <summary>
/// The <c>state</c> that methods of one kind's objects are given: properties that read and write what is stored. With a shape all objects of the kind
/// share them; without, each has those it was made with.
/// </summary>
internal sealed class StateObjects
{
    private readonly VatHeap _heap;
    private readonly StateShape _shape;
    private readonly bool _isDurable;
    private readonly Dictionary<string, GetSetPropertyDescriptor> _accessors = new(StringComparer.Ordinal);
    private readonly JsObject _prototype;

    internal StateObjects(VatHeap heap, StateShape shape, bool isDurable)
    {
        _heap = heap;
        _shape = shape;
        _isDurable = isDurable;
        _prototype = new JsObject(heap.Realm.Engine);
        foreach (string name in shape.Names)
        {
            _prototype.DefineOwnProperty(name, Accessor(name));
        }

        heap.Realm.Harden(_prototype);
    }

    internal ObjectInstance Make(StateData data)
    {
        var state = new StateObject(_heap.Realm.Engine, data.BaseRef, this) { Prototype = _prototype };
        if (!_shape.IsGiven)
        {
            foreach (string name in data.Names)
            {
                state.DefineOwnProperty(name, Accessor(name));
            }
        }

        return _heap.Realm.Harden(state);
    }

    /// <summary>What is to be stored for a value, when the property takes it.</summary>
    internal CapData Serialize(string name, JsValue value)
    {
        CapData data = _heap.Marshaller.Serialize(value);
        _heap.RequireAcceptable(data);
        if (_isDurable)
        {
            StateData.RequireDurable(_heap, name, data, isValue: true);
        }

        return data;
    }

    private GetSetPropertyDescriptor Accessor(string name)
    {
        if (!_accessors.TryGetValue(name, out GetSetPropertyDescriptor? accessor))
        {
            ClrFunction get = _heap.Realm.Function("get", 0, (self, _) => Read(DataOf(self), name));
            ClrFunction set = _heap.Realm.Function("set", 1, (self, arguments) =>
            {
                Write(self, name, arguments.Length > 0 ? arguments[0] : JsValue.Undefined);
                return JsValue.Undefined;
            });
            accessor = new GetSetPropertyDescriptor(_heap.Realm.Harden(get), _heap.Realm.Harden(set), enumerable: true, configurable: false);
            _accessors.Add(name, accessor);
        }

        return accessor;
    }

    private JsValue Read(StateData data, string name)
    {
        StateProperty? property = data[name];
        if (property is null)
        {
            _shape.Require(name, JsValue.Undefined);
            return JsValue.Undefined;
        }

        if (property.Value is null)
        {
            JsValue value = _heap.Marshaller.Unserialize(property.Stored);
            _shape.Require(name, value);
            property.Value = value;
        }

        return property.Value;
    }

    private void Write(JsValue self, string name, JsValue value)
    {
        StateObject state = Require(self);
        _shape.Require(name, value);
        CapData stored = Serialize(name, value);
        StateData data = DataOf(state);
        _heap.Counts.Update(data[name]?.Stored.Slots ?? [], stored.Slots);
        data.Set(name, stored, value);
    }

    private StateObject Require(JsValue self) => self is StateObject state && ReferenceEquals(state.Owner, this)
        ? state
        : throw _heap.Realm.Fail("state accessors can only be applied to state");

    private StateData DataOf(JsValue self) => _heap.States.Find(Require(self).BaseRef) ?? throw _heap.Realm.Fail("Check failed");

    private sealed class StateObject(Jint.Engine engine, string baseRef, StateObjects owner) : ObjectInstance(engine)
    {
        internal string BaseRef => baseRef;

        internal StateObjects Owner => owner;

        /// <summary>What the property's own or inherited getter gives, without calling it.</summary>
        public override JsValue Get(JsValue property, JsValue receiver) =>
            ReferenceEquals(receiver, this) && property is JsString && owner._heap.States.Find(baseRef) is { } data && data[property.ToString()] is not null
                ? owner.Read(data, property.ToString())
                : base.Get(property, receiver);
    }
}
