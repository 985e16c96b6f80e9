using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Marshal;

/// <summary>
/// <c>passStyleOf</c>: which values may travel, and how. It is also endowed to vat code, whose own bundled copies of @endo/pass-style use it,
/// so that everybody in a vat agrees. An answer, once given, holds for ever: what was checked is frozen.
/// </summary>
internal sealed class PassStyles
{
    private readonly JsRealm _realm;
    private readonly Quoting _quoting;
    private readonly RemotableRules _remotables;
    private readonly ErrorRules _errors;
    private readonly ByteArrayRules _byteArrays;
    private readonly TagRecordRules _tagRecords;

    internal PassStyles(JsRealm realm, Quoting quoting)
    {
        _realm = realm;
        _quoting = quoting;
        Symbols = new PassableSymbols(realm);
        _tagRecords = new TagRecordRules(realm, quoting);
        _remotables = new RemotableRules(realm, quoting, _tagRecords);
        _errors = new ErrorRules(realm, quoting, this);
        _byteArrays = new ByteArrayRules(realm, quoting);
    }

    internal PassableSymbols Symbols { get; }

    /// <exception cref="JavaScriptException">The value cannot travel; the error says why.</exception>
    internal PassStyle Of(JsValue value) => Of(value, null);

    /// <summary>The interface name of a remotable, or undefined.</summary>
    internal string? InterfaceOf(JsValue value) => _remotables.InterfaceOf(value);

    /// <summary>How an object travels, if that has been found out.</summary>
    internal PassStyle? Known(JsValue value) => value is ObjectInstance instance ? _realm.Notes.Of(instance)?.Style : null;

    internal PassStyle Of(JsValue value, List<ObjectInstance>? inProgress)
    {
        switch (value.Type)
        {
            case Types.Undefined:
                return PassStyle.Undefined;
            case Types.Null:
                return PassStyle.Null;
            case Types.Boolean:
                return PassStyle.Boolean;
            case Types.Number:
                return PassStyle.Number;
            case Types.BigInt:
                return PassStyle.BigInt;
            case Types.String:
                return PassStyle.String;
            case Types.Symbol:
                return Symbols.NameOf((JsSymbol)value) is not null
                    ? PassStyle.Symbol
                    : throw _realm.Fail($"Only registered symbols or well-known symbols are passable: {_quoting.Quote(value)}");
        }

        var instance = (ObjectInstance)value;
        if (Known(instance) is { } known)
        {
            return known;
        }

        inProgress ??= [];
        if (inProgress.Contains(instance))
        {
            throw _realm.Fail($"Pass-by-copy data cannot be cyclic {_quoting.Quote(instance)}");
        }

        if (inProgress.Count >= JsonTree.MaxDepth)
        {
            throw _realm.Fail($"Pass-by-copy data cannot nest deeper than {JsonTree.MaxDepth} levels", "RangeError");
        }

        inProgress.Add(instance);
        PassStyle style = OfObject(instance, inProgress);
        inProgress.RemoveAt(inProgress.Count - 1);
        _realm.Notes.On(instance).Style = style;
        return style;
    }

    private PassStyle OfObject(ObjectInstance instance, List<ObjectInstance> inProgress)
    {
        bool isFunction = instance.IsCallable();
        if (!JsRealm.IsFrozen(instance))
        {
            throw _realm.Fail(!isFunction && IsTypedArray(instance)
                ? $"Cannot pass mutable typed arrays like {_quoting.Quote(instance)}."
                : $"Cannot pass non-frozen objects like {_quoting.Quote(instance)}. Use harden()");
        }

        if (isFunction)
        {
            RefuseThenable(instance);
            _remotables.Require(instance);
            return PassStyle.Remotable;
        }

        if (_realm.IsPromise(instance))
        {
            RequireSafePromise(instance);
            return PassStyle.Promise;
        }

        RefuseThenable(instance);
        JsValue tag = instance.Get(_realm.PassStyle);
        return tag.IsUndefined() ? OfUntagged(instance, inProgress) : OfTagged(instance, tag, inProgress);
    }

    private PassStyle OfUntagged(ObjectInstance instance, List<ObjectInstance> inProgress)
    {
        if (_realm.IsArray(instance))
        {
            RequireCopyArray(instance, inProgress);
            return PassStyle.CopyArray;
        }

        if (_realm.IsImmutableBuffer(instance))
        {
            _byteArrays.Require(instance);
            return PassStyle.ByteArray;
        }

        if (CanBeRecord(instance, fail: false))
        {
            RequireCopyRecord(instance, inProgress);
            return PassStyle.CopyRecord;
        }

        if (_realm.IsError(instance))
        {
            _errors.Require(instance, inProgress);
            return PassStyle.Error;
        }

        _remotables.Require(instance);
        return PassStyle.Remotable;
    }

    private PassStyle OfTagged(ObjectInstance instance, JsValue tag, List<ObjectInstance> inProgress)
    {
        switch (tag is JsString name ? name.ToString() : throw _realm.Fail($"{_quoting.Quote(tag)} must be a string", "TypeError"))
        {
            case "remotable":
                _remotables.Require(instance);
                return PassStyle.Remotable;
            case "tagged":
                Of(_tagRecords.RequirePayload(instance), inProgress);
                return PassStyle.Tagged;
            case "copyArray":
                _ = _realm.IsArray(instance) ? true : throw _realm.Fail($"Array expected: {_quoting.Quote(instance)}");
                RequireCopyArray(instance, inProgress);
                return PassStyle.CopyArray;
            case "byteArray":
                _byteArrays.Require(instance);
                return PassStyle.ByteArray;
            case "copyRecord":
                CanBeRecord(instance, fail: true);
                RequireCopyRecord(instance, inProgress);
                return PassStyle.CopyRecord;
            case "error":
                _errors.Require(instance, inProgress);
                return PassStyle.Error;
            default:
                throw _realm.Fail($"Unrecognized PassStyle: {_quoting.Quote(tag)}");
        }
    }

    private void RequireCopyArray(ObjectInstance array, List<ObjectInstance> inProgress)
    {
        if (!ReferenceEquals(array.Prototype, _realm.ArrayPrototype))
        {
            throw _realm.Fail($"Malformed array: {_quoting.Quote(array)}", "TypeError");
        }

        double length = _tagRecords.RequireOwnData(array, "length", enumerable: false).AsNumber();
        for (double i = 0; i < length; i++)
        {
            Of(_tagRecords.RequireOwnData(array, JsNumber.Create(i), enumerable: true), inProgress);
        }

        if (array.GetOwnPropertyKeys().Count != length + 1)
        {
            throw _realm.Fail($"Arrays must not have non-indexes: {_quoting.Quote(array)}", "TypeError");
        }
    }

    private bool CanBeRecord(ObjectInstance candidate, bool fail)
    {
        if (!ReferenceEquals(candidate.Prototype, _realm.ObjectPrototype))
        {
            return fail ? throw _realm.Fail($"Records must inherit from Object.prototype: {_quoting.Quote(candidate)}") : false;
        }

        foreach (JsValue key in candidate.GetOwnPropertyKeys())
        {
            if (key.IsSymbol())
            {
                return fail ? throw _realm.Fail($"Records can only have string-named properties: {_quoting.Quote(candidate)}") : false;
            }

            if (_remotables.CanBeMethod(candidate.Get(key)))
            {
                return fail
                    ? throw _realm.Fail($"Records cannot contain non-far functions because they may be methods of an implicit Remotable: {_quoting.Quote(candidate)}")
                    : false;
            }
        }

        return true;
    }

    private void RequireCopyRecord(ObjectInstance record, List<ObjectInstance> inProgress)
    {
        foreach (JsValue key in record.GetOwnPropertyKeys())
        {
            Of(_tagRecords.RequireOwnData(record, key, enumerable: true), inProgress);
        }
    }

    private void RefuseThenable(ObjectInstance instance)
    {
        if (instance.Get("then").IsCallable())
        {
            throw _realm.Fail("Cannot pass non-promise thenables");
        }
    }

    private void RequireSafePromise(ObjectInstance promise)
    {
        if (!ReferenceEquals(promise.Prototype, _realm.PromisePrototype))
        {
            throw _realm.Fail($"{_quoting.Quote(promise)} - Must inherit from Promise.prototype: {_quoting.Quote(promise.Prototype ?? JsValue.Null)}");
        }

        List<JsValue> keys = promise.GetOwnPropertyKeys();
        JsValue[] extra = [.. keys.Where(key => !ReferenceEquals(key, _realm.ToStringTag))];
        if (extra.Length > 0)
        {
            throw _realm.Fail($"{_quoting.Quote(promise)} - Must not have any own properties: {_quoting.Quote(new JsArray(_realm.Engine, extra))}");
        }

        if (keys.Count > 0)
        {
            RequireHarmlessTag(promise.GetOwnProperty(_realm.ToStringTag));
        }
    }

    private void RequireHarmlessTag(PropertyDescriptor tag)
    {
        string Shown() => _quoting.Quote(PropertyDescriptor.FromPropertyDescriptor(_realm.Engine, tag, false));
        if (tag.IsAccessorDescriptor())
        {
            throw _realm.Fail($"Own @@toStringTag must be a data property, not an accessor: {Shown()}");
        }

        if (tag.Value is not JsString)
        {
            throw _realm.Fail($"Own @@toStringTag value must be a string: {_quoting.Quote(tag.Value)}");
        }

        if (tag.Enumerable)
        {
            throw _realm.Fail($"Own @@toStringTag must not be enumerable: {Shown()}");
        }
    }

    private static bool IsTypedArray(ObjectInstance candidate) =>
        candidate.IsUint8Array() || candidate.IsInt8Array() || candidate.IsUint8ClampedArray() || candidate.IsInt16Array() || candidate.IsUint16Array()
        || candidate.IsInt32Array() || candidate.IsUint32Array() || candidate.IsFloat16Array() || candidate.IsFloat32Array() || candidate.IsFloat64Array()
        || candidate.IsBigInt64Array() || candidate.IsBigUint64Array();
}
