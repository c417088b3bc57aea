package dev.millrace.flv.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The public API of a module as text, read from its class files: the public types of its exported packages, and what a
 * host can call, implement or extend of each. What every type has (equals, hashCode, toString, the methods of a
 * record's components and of an enum) is left out. Names of types are without their package.
 */
final class PublicApi {

    private static final Set<String> OF_OBJECT = Set.of("equals(Object)", "hashCode()", "toString()");
    private static final Set<String> OF_ENUM = Set.of("values()", "valueOf(String)");

    private PublicApi() {}

    /**
     * Reads the API of a module.
     *
     * @param classes folder of its class files, with its module descriptor
     * @return for each type, by its full name, its kind and then its members, sorted
     */
    static SortedMap<String, List<String>> of(Path classes) throws IOException {
        SortedMap<String, List<String>> api = new TreeMap<>();
        for (String packageName : exports(classes)) {
            try (Stream<Path> files = Files.list(classes.resolve(packageName.replace('.', '/')))) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                        .map(file -> load(packageName + "." + file.substring(0, file.length() - ".class".length())))
                        .filter(PublicApi::isPublic)
                        .forEach(type -> api.put(type.getCanonicalName(), describe(type)));
            }
        }
        return api;
    }

    private static Set<String> exports(Path classes) throws IOException {
        try (InputStream descriptor = Files.newInputStream(classes.resolve("module-info.class"))) {
            return ModuleDescriptor.read(descriptor).exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, /* initialize= */ false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("class of the module is not on the class path", e);
        }
    }

    /** Whether a host can name the type. */
    private static boolean isPublic(Class<?> type) {
        if (type.getCanonicalName() == null || !isVisible(type.getModifiers())) {
            return false;
        }
        return type.getEnclosingClass() == null || isPublic(type.getEnclosingClass());
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    /** The kind of a type, and its members, one a line. */
    static List<String> describe(Class<?> type) {
        Set<String> members = new TreeSet<>();
        if (type.isRecord()) {
            RecordComponent[] components = type.getRecordComponents();
            for (int i = 0; i < components.length; i++) {
                String componentType = text(components[i].getGenericType());
                members.add("component %d %s %s".formatted(i + 1, componentType, components[i].getName()));
            }
        }
        // Members that come from a base class that is not public are this type's own to a host.
        Class<?> from = type;
        do {
            addMembers(from, type, members);
            from = from.getSuperclass();
        } while (from != null && !isVisible(from.getModifiers()));
        return Stream.concat(Stream.of(kind(type)), members.stream()).toList();
    }

    private static void addMembers(Class<?> from, Class<?> type, Set<String> members) {
        Arrays.stream(from.getDeclaredFields())
                .filter(field -> isMember(field, type))
                .forEach(field -> members.add(field.isEnumConstant()
                        ? "constant " + field.getName()
                        : "field " + modifiers(field, type) + text(field.getGenericType()) + " " + field.getName()));
        Arrays.stream(from.getDeclaredMethods())
                .filter(method -> isMember(method, type) && !isEverywhere(method, type))
                .forEach(method -> members.add("method " + modifiers(method, type) + parameters(method)
                        + text(method.getGenericReturnType()) + " " + signature(method) + exceptions(method)));
        if (from == type && !type.isEnum()) {
            Arrays.stream(type.getDeclaredConstructors())
                    .filter(constructor -> isMember(constructor, type) && !isCanonical(constructor, type))
                    .forEach(constructor -> members.add("constructor " + modifiers(constructor, type)
                            + parameters(constructor) + signature(constructor) + exceptions(constructor)));
        }
    }

    private static boolean isMember(Member member, Class<?> type) {
        boolean extendable = !Modifier.isFinal(type.getModifiers());
        int modifiers = member.getModifiers();
        return !member.isSynthetic() && (Modifier.isPublic(modifiers) || extendable && Modifier.isProtected(modifiers));
    }

    private static boolean isEverywhere(Method method, Class<?> type) {
        String signature = signature(method);
        boolean ofComponent = type.isRecord()
                && Arrays.stream(type.getRecordComponents()).map(RecordComponent::getAccessor).anyMatch(method::equals);
        return ofComponent || OF_OBJECT.contains(signature) || type.isEnum() && OF_ENUM.contains(signature);
    }

    private static boolean isCanonical(Constructor<?> constructor, Class<?> type) {
        return type.isRecord()
                && Arrays.equals(
                        constructor.getParameterTypes(),
                        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray());
    }

    private static String kind(Class<?> type) {
        StringBuilder text = new StringBuilder();
        boolean plain = type.isEnum() || type.isRecord() || type.isAnnotation();
        if (Modifier.isProtected(type.getModifiers())) {
            text.append("protected ");
        }
        if (!plain && !type.isInterface() && Modifier.isAbstract(type.getModifiers())) {
            text.append("abstract ");
        }
        if (!plain && Modifier.isFinal(type.getModifiers())) {
            text.append("final ");
        }
        if (!plain && type.isSealed()) {
            text.append("sealed ");
        }
        text.append(keyword(type));
        if (type.getTypeParameters().length > 0) {
            text.append(' ').append(parameters(type).strip());
        }
        Type base = type.getGenericSuperclass();
        if (base != null && !plain && base != Object.class && isVisible(type.getSuperclass().getModifiers())) {
            text.append(" extends ").append(text(base));
        }
        if (type.getGenericInterfaces().length > 0) {
            text.append(type.isInterface() ? " extends " : " implements ").append(texts(type.getGenericInterfaces()));
        }
        if (!plain && type.isSealed()) {
            text.append(" permits ").append(texts(Arrays.stream(type.getPermittedSubclasses())
                    .sorted((a, b) -> text(a).compareTo(text(b)))
                    .toArray(Type[]::new)));
        }
        return text.toString();
    }

    private static String keyword(Class<?> type) {
        if (type.isEnum()) {
            return "enum";
        }
        if (type.isRecord()) {
            return "record";
        }
        if (type.isAnnotation()) {
            return "annotation";
        }
        return type.isInterface() ? "interface" : "class";
    }

    /** The modifiers of a member but those that are implied: public, and final in a final class. */
    private static String modifiers(Member member, Class<?> type) {
        int modifiers = member.getModifiers();
        StringBuilder text = new StringBuilder();
        if (Modifier.isProtected(modifiers)) {
            text.append("protected ");
        }
        if (Modifier.isStatic(modifiers)) {
            text.append("static ");
        }
        if (Modifier.isAbstract(modifiers) && !type.isAnnotation()) {
            text.append("abstract ");
        }
        if (member instanceof Method method && method.isDefault()) {
            text.append("default ");
        }
        boolean extendable = !Modifier.isFinal(type.getModifiers()) && !type.isInterface() && !type.isEnum();
        if (Modifier.isFinal(modifiers) && (member instanceof Field || extendable && !Modifier.isStatic(modifiers))) {
            text.append("final ");
        }
        return text.toString();
    }

    /** The type parameters of a class or method with their bounds, or nothing. */
    private static String parameters(GenericDeclaration declaration) {
        if (declaration.getTypeParameters().length == 0) {
            return "";
        }
        return Arrays.stream(declaration.getTypeParameters())
                .map(parameter -> parameter.getName() + bounds(" extends ", parameter.getBounds()))
                .collect(Collectors.joining(", ", "<", "> "));
    }

    private static String bounds(String keyword, Type[] bounds) {
        List<String> texts = Arrays.stream(bounds).filter(bound -> bound != Object.class).map(PublicApi::text).toList();
        return texts.isEmpty() ? "" : keyword + String.join(" & ", texts);
    }

    private static String signature(Executable executable) {
        String parameters = texts(executable.getGenericParameterTypes());
        if (executable.isVarArgs()) {
            parameters = parameters.substring(0, parameters.length() - "[]".length()) + "...";
        }
        return (executable instanceof Method ? executable.getName() : "") + "(" + parameters + ")";
    }

    /** The checked exceptions of a method or constructor, or nothing. */
    private static String exceptions(Executable executable) {
        Class<?>[] types = executable.getExceptionTypes();
        List<String> checked = IntStream.range(0, types.length)
                .filter(i -> !RuntimeException.class.isAssignableFrom(types[i]))
                .filter(i -> !Error.class.isAssignableFrom(types[i]))
                .mapToObj(i -> text(executable.getGenericExceptionTypes()[i]))
                .sorted()
                .toList();
        return checked.isEmpty() ? "" : " throws " + String.join(", ", checked);
    }

    private static String texts(Type[] types) {
        return Arrays.stream(types).map(PublicApi::text).collect(Collectors.joining(", "));
    }

    /** A type without its package. Not {@link Type#getTypeName}, whose form differs between versions of the JDK. */
    private static String text(Type type) {
        if (type instanceof Class<?> plain) {
            Class<?> outer = plain.getEnclosingClass();
            return outer == null ? plain.getSimpleName() : text(outer) + "." + plain.getSimpleName();
        }
        if (type instanceof ParameterizedType generic) {
            return text(generic.getRawType()) + "<" + texts(generic.getActualTypeArguments()) + ">";
        }
        if (type instanceof GenericArrayType array) {
            return text(array.getGenericComponentType()) + "[]";
        }
        if (type instanceof WildcardType wildcard) {
            return "?" + bounds(" extends ", wildcard.getUpperBounds()) + bounds(" super ", wildcard.getLowerBounds());
        }
        return type.getTypeName(); // the name of a type parameter
    }
}
